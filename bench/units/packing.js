// How a visit's events are packed into requests.

/** @typedef {import('./visits.js').Happening} Happening */
/** @typedef {import('./random.js').Random} Random */
/** @typedef {(happenings: Happening[], userAgent: string) => Happening[][]} Packing */

/** Milliseconds that an event may wait; all others wait 5 s. @type {Record<string, number>} */
const WAITS_MS = { page_view: 500, conversion: 500 };
/** Where the next page is loaded as a document. */
const CLICK_WAITS_MS = 60_000;

/**
 * The tracker's: a page view or conversion leaves within 500 ms, a click within a minute until a view has come without a new document,
 * anything else within 5 s, each with all that waits. Where the next page is of the same origin, what waits is left to its first batch, in browsers that tell; else it leaves
 * when the page goes away.
 * @type {Packing}
 */
export function trackerDefault(happenings, userAgent) {
  /** @type {Happening[][]} */
  const requests = [];
  /** @type {Happening[]} */
  let waiting = [];
  let due = Number.POSITIVE_INFINITY;
  let viewsOfDocument = 0;
  const flush = () => {
    if (waiting.length > 0) requests.push(waiting);
    waiting = [];
    due = Number.POSITIVE_INFINITY;
  };
  for (const happening of happenings) {
    if (happening.at > due) flush();
    waiting.push(happening);
    const { event_type } = happening.event;
    if (event_type === 'page_view') viewsOfDocument += 1;
    const isPatient = event_type === 'click' && viewsOfDocument < 2;
    due = Math.min(due, happening.at + (isPatient ? CLICK_WAITS_MS : (WAITS_MS[event_type] ?? 5_000)));
    if (happening.hides) viewsOfDocument = 0;
    if (happening.hides === 'for the next' && knowsNextPage(userAgent)) due = Number.POSITIVE_INFINITY;
    else if (happening.hides) flush();
  }
  flush();
  return requests;
}

/** Firefox has no `pageswap`. */
const knowsNextPage = (/** @type {string} */ userAgent) => !/Firefox/.test(userAgent);

/** One request for each page view, with what has happened since the one before; the last when the visit ends. @type {Packing} */
export function perPageView(happenings) {
  /** @type {Happening[][]} */
  const requests = [[]];
  for (const happening of happenings) {
    requests.at(-1)?.push(happening);
    if (happening.event.event_type === 'page_view') requests.push([]);
  }
  return requests.filter(({ length }) => length > 0);
}

/** @type {Packing} */
export const oneByOne = (happenings) => happenings.map((happening) => [happening]);

/** Sizes about `middle`, less where a visit ends. */
const sizesAbout = (/** @type {number} */ middle) => [
  ...Array(6).fill(middle - 1),
  ...Array(9).fill(middle),
  ...Array(5).fill(middle + 1),
];

/** @param {Random} random @param {number} middle @returns {Packing} */
export function ofSizesAbout(random, middle) {
  const sizes = sizesAbout(middle);
  return (happenings) => {
    const requests = [];
    for (let at = 0; at < happenings.length; ) {
      const size = sizes[Math.floor(random.next() * sizes.length)] ?? 1;
      requests.push(happenings.slice(at, at + size));
      at += size;
    }
    return requests;
  };
}
