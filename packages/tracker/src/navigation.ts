/**
 * Tells when the URL may have changed without a new document.
 *
 * By the Navigation API nothing of the page is patched, and routers are seen that keep `pushState` for themselves before this script
 * has loaded, as Astro's does. Elsewhere `window.navigation` may be an element of that id.
 * https://developer.mozilla.org/docs/Web/API/Navigation/currententrychange_event
 *
 * @param onChange `replaces` where the page's entry in the history is another's from now on: a redirect
 */
export const watchNavigation = (onChange: (replaces: boolean) => void): void => {
  const { navigation } = window;
  if (navigation?.currentEntry) {
    navigation.addEventListener('currententrychange', ({ navigationType }) =>
      onChange(navigationType === 'replace'),
    );
  } else {
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method];
      history[method] = (...args) => {
        original.apply(history, args);
        onChange(method === 'replaceState');
      };
    }
  }
};
