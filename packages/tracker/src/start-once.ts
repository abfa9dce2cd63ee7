import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

/** Starts the page's tracker of a site, or returns the one that runs. */
export const startOnce = (options: TrackerOptions): Tracker => {
  const page = window as unknown as Record<string, Tracker>;
  const name = `liveinsight:${options.site}`;
  // Given as undefined it is not given; and a page's <base> is not its origin.
  const endpoint = options.endpoint || `${location.origin}/api/events`;
  page[name] ||= startTracker({ ...options, endpoint });
  return page[name];
};
