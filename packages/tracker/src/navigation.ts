/** Tells, where the browser can't, when the page's own scripts or the visitor may have changed the URL. */
export const watchHistory = (onChange: () => void): void => {
  addEventListener('popstate', onChange);
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      onChange();
    };
  }
};
