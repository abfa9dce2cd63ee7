/** How far down a page was seen, without making the browser lay it out: observers tell of what it has just laid out. */
import type { On } from './capture.js';

/** Pixels from the top, and of the whole. */
let [seenPx, wholePx] = [0, 0];
/** A part of the page that scrolls in place of the document, once it has moved. */
let scroller: Element | undefined;
let observe = () => {};

/** For `page_exit`; the next page begins with what is seen of it then. */
export const readScroll = (): object => {
  const scroll_pct = wholePx && Math.round(Math.min(seenPx / wholePx, 1) * 100);
  seenPx = 0;
  scroller = undefined;
  observe();
  return scroll_pct ? { scroll_pct } : {};
};

const see = (px: number, ofPx: number) => {
  seenPx = Math.max(seenPx, px);
  wholePx = ofPx;
};

export const watchScroll = (on: On): void => {
  const root = document.documentElement;
  // Tells once for each `observe`.
  const shown = new IntersectionObserver(([entry]) => {
    if (!entry || scroller) return;
    const { boundingClientRect: page, intersectionRect: visible } = entry;
    see(visible.bottom - page.top, page.height);
  });
  observe = () => {
    shown.unobserve(root);
    shown.observe(root);
  };
  // Of a page that grows, as much has been seen as before.
  new ResizeObserver(observe).observe(root);
  on('scroll', ({ target }) => {
    const isPage = target === document;
    // The body, in pages without a doctype.
    const moved = (isPage ? document.scrollingElement : target) as Element;
    const { scrollTop, clientHeight, scrollHeight } = moved;
    if (!isPage && moved !== scroller) {
      // A list in a page is not the page.
      if (clientHeight < innerHeight / 2) return;
      scroller = moved;
      seenPx = 0;
    }
    if (moved === scroller || !scroller) see(scrollTop + clientHeight, scrollHeight);
  });
};
