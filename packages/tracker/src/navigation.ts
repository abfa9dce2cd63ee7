/**
 * Tells when the URL may have changed without a new document.
 *
 * By the Navigation API nothing of the page is patched, and routers are seen that keep `pushState` for themselves before this script
 * has loaded, as Astro's does. Elsewhere `window.navigation` may be an element of that id.
 * https://developer.mozilla.org/docs/Web/API/Navigation/currententrychange_event
 *
 * @param onChange `how`: `push` where the history has another entry, `replace` where the page's own is another's from now on
 */
export const watchNavigation = (onChange: (how: string | null) => void): void => {
  const { navigation } = window;
  if (navigation?.currentEntry) {
    navigation.addEventListener('currententrychange', ({ navigationType }) => onChange(navigationType));
  } else {
    for (const how of ['push', 'replace'] as const) {
      const method = `${how}State` as const;
      const original = history[method];
      history[method] = (...args) => {
        original.apply(history, args);
        onChange(how);
      };
    }
  }
};
