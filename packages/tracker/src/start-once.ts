import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

const nothing = () => {};
/** Does nothing: on a server, and where nobody knows whose the data would be. */
const IDLE: Tracker = {
  track: nothing,
  conversion: nothing,
  identify: nothing,
  page: nothing,
  consent: nothing,
};

/** Starts the page's tracker of a site, or returns the one that runs. */
export const startOnce = (options: TrackerOptions): Tracker => {
  if (typeof document === 'undefined') return IDLE;
  if (!options.site) {
    console.warn('LiveInsight: createTracker needs a site');
    return IDLE;
  }
  // By symbol: names of the page's elements are properties of the window.
  const name = Symbol.for(`li:${options.site}`);
  const page = window as unknown as Record<symbol, Tracker>;
  // Given as undefined it is not given; and a page's <base> is not its origin.
  const endpoint = options.endpoint || `${location.origin}/api/events`;
  page[name] ||= startTracker({ ...options, endpoint });
  return page[name];
};
