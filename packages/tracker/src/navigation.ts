/** Tells when the URL may have changed without a new document. The page decides whether it is another page. */
export const watchNavigation = (onChange: () => void): void => {
  // https://developer.mozilla.org/docs/Web/API/Navigation/currententrychange_event: all kinds, nothing patched.
  const api = window.navigation;
  if (api) {
    api.addEventListener('currententrychange', onChange);
    return;
  }
  addEventListener('popstate', onChange);
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = function (this: History, ...args: Parameters<History['pushState']>) {
      original.apply(this, args);
      onChange();
    };
  }
};
