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

/** Once, by the page's address: a router changes it, and a page's <base> is not its origin. */
const resolve = (endpoint: string): string => {
  try {
    return `${new URL(endpoint, location.href)}`;
  } catch {
    // Not by that of a frame of `srcdoc`.
    return endpoint;
  }
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
  page[name] ||= startTracker({ ...options, endpoint: resolve(options.endpoint || '/api/events') });
  return page[name];
};
