/**
 * What browsers tell of a page's life, and clicks before any handler of the page can stop them.
 *
 * Leaving is told by `visibilitychange` (the only sign on phones) and by `pagehide` (the only one of a tab that is closed while
 * hidden). `unload` is never used: it keeps the page out of the back/forward cache. A `pageshow` that is `persisted` is a page
 * that comes back from it. Keyboard activation is a click too: browsers fire one on the focused element.
 */
export const watchPage = (onEvent: (event: Event) => void): void => {
  for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'focus', 'blur', 'online', 'click']) {
    addEventListener(type, onEvent, type === 'click');
  }
};
