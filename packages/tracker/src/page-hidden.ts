/**
 * Leaving is told by `visibilitychange` (the only sign on phones) and by `pagehide` (Safari fires no visibilitychange
 * on some navigations). `unload` is never used: it keeps the page out of the back/forward cache.
 */
export const watchPage = (onChange: (leaving: boolean, restored?: boolean) => void): void => {
  for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'focus', 'blur']) {
    addEventListener(type, (event) =>
      onChange(
        type === 'pagehide' || document.hidden,
        type === 'pageshow' && (event as PageTransitionEvent).persisted,
      ),
    );
  }
};
