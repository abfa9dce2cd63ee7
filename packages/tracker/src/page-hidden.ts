/**
 * Leaving is told by `visibilitychange` (the only sign on phones) and by `pagehide` (Safari fires no visibilitychange
 * on some navigations). `unload` is never used: it keeps the page out of the back/forward cache. A `pageshow` that is
 * `persisted` is a page that comes back from it.
 */
export const watchPage = (onChange: (event: PageTransitionEvent) => void): void => {
  for (const type of ['visibilitychange', 'pagehide', 'pageshow', 'focus', 'blur']) {
    addEventListener(type, onChange as EventListener);
  }
};
