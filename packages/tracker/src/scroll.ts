/** How far down a page was seen, without making the browser lay it out: observers tell of what it has just laid out. */
import type { On } from './capture.js';

/** Pixels from the top, and of the whole. */
let [seenPx, wholePx] = [0, 0];
/** A part of the page that scrolls in place of the document. */
let scroller: Element | undefined;
let observe = () => {};

/** For `page_exit`; the next page begins with what is seen of it then. */
export const readScroll = (): object => {
  const scroll_pct = wholePx && Math.round(Math.min(seenPx / wholePx, 1) * 100);
  seenPx = wholePx = 0;
  scroller = undefined;
  observe();
  return scroll_pct ? { scroll_pct } : {};
};

/** Pages without a doctype scroll by their body. */
const readRoot = () => document.scrollingElement ?? document.documentElement;

/** By two pixels: heights that are no whole numbers are rounded up and down. */
const overflows = ({ scrollHeight, clientHeight }: Element) => scrollHeight > clientHeight + 1;

/** What fills half of the window each way, and scrolls: lists, menus and carousels on a page are not the page. */
const isMain = (element: Element) =>
  overflows(element) &&
  element.clientHeight > innerHeight / 2 &&
  element.clientWidth > innerWidth / 2 &&
  /auto|scroll/.test(getComputedStyle(element).overflowY);

/** The outermost part that scrolls in the middle of the window; none where the document itself scrolls. */
const findScroller = () => {
  if (overflows(readRoot())) return;
  let found: Element | undefined;
  let at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  for (; at && at !== document.documentElement; at = at.parentElement) if (isMain(at)) found = at;
  return found;
};

const see = (px: number, ofPx: number) => {
  seenPx = Math.max(seenPx, px);
  wholePx = ofPx;
};

const seePart = ({ scrollTop, clientHeight, scrollHeight }: Element) =>
  see(scrollTop + clientHeight, scrollHeight);

export const watchScroll = (on: On): void => {
  const root = document.documentElement;
  // Tells once for each `observe`, when the browser has just laid out the page.
  const shown = new IntersectionObserver(([entry]) => {
    scroller ||= findScroller();
    if (scroller) seePart(scroller);
    else if (entry) {
      const { boundingClientRect: page, intersectionRect: visible } = entry;
      see(visible.bottom - page.top, page.height);
    }
  });
  observe = () => {
    shown.unobserve(root);
    shown.observe(root);
  };
  // Of a page that grows, as much has been seen as before.
  new ResizeObserver(observe).observe(root);
  on('scroll', ({ target }) => {
    if (target === document) {
      if (!scroller) seePart(readRoot());
    } else if (target === scroller) seePart(scroller);
    else if (!scroller) {
      // It has come, or begun to overflow, since the page was shown. What was seen of a document that does not scroll is no measure.
      scroller = findScroller();
      if (scroller) {
        seenPx = 0;
        seePart(scroller);
      }
    }
  });
};
