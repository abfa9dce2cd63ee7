/**
 * What browsers tell of a page's life, and clicks before any handler of the page can stop them.
 *
 * Leaving is told by `visibilitychange` (the only sign on phones) and by `pagehide` (the only one of a tab that is closed while
 * hidden). Before that, `pageswap` tells of the next page where it is of the same origin, redirects and all, and of no other; not in
 * Firefox. https://developer.mozilla.org/docs/Web/API/PageSwapEvent/activation `unload` is never used: it keeps the page out of the back/forward cache. A `pageshow` that is `persisted` is a page
 * that comes back from it. Keyboard activation is a click too: browsers fire one on the focused element. The middle button's is an
 * `auxclick`.
 *
 * `wheel`, `keydown` and `pointerover` are signs of a person: no page that is only loaded has them. A window's `wheel` is passive by default,
 * a pointer that moves is over another element far less often than it moves, and a finger is over one before it is down.
 * https://w3c.github.io/pointerevents/#the-pointerdown-event
 *
 * `document.open()` removes all listeners, those of the window too: what has replaced the document's root is told by its own observer.
 * https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document-open-steps
 */
export const watchPage = (onEvent: (event: Event) => void): void => {
  const listen = () => {
    // In the order that compresses best.
    [
      'click',
      'pageshow',
      'pagehide',
      'auxclick',
      'visibilitychange',
      'blur',
      'pageswap',
      'popstate',
      'focus',
      'online',
      'wheel',
      'keydown',
      'pointerover',
    ].map((type) => addEventListener(type, onEvent, /click/.test(type)));
  };
  listen();
  new MutationObserver(listen).observe(document, { childList: true });
};
