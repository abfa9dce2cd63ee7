/** Name and mark. */
export const Logo = () => (
  <span class="brand">
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M5 18h6l3-9 5 15 3-6h5" />
    </svg>
    <span>LiveInsight</span>
  </span>
);
