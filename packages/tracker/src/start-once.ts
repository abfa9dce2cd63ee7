import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

/** Starts the page's tracker of a site, or returns the one that runs. */
export const startOnce = (options: TrackerOptions): Tracker => {
  const page = window as unknown as Record<string, Tracker>;
  const name = `liveinsight:${options.site}`;
  page[name] ||= startTracker({ endpoint: '/api/events', ...options });
  return page[name];
};
