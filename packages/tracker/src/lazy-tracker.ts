/** A tracker that frameworks can hand out anywhere, on the server too: it starts with its first call in a browser. */
import { createTracker } from './index.js';
import type { Tracker, TrackerOptions } from './options.js';

export interface Deferred {
  tracker: Tracker;
  start(): void;
}

export const deferTracker = (options: TrackerOptions): Deferred => {
  const inBrowser = (call: (tracker: Tracker) => void) => {
    if (typeof document !== 'undefined') call(createTracker(options));
  };
  return {
    tracker: {
      track: (...args) => inBrowser((tracker) => tracker.track(...args)),
      conversion: (...args) => inBrowser((tracker) => tracker.conversion(...args)),
      identify: (...args) => inBrowser((tracker) => tracker.identify(...args)),
      page: () => inBrowser((tracker) => tracker.page()),
      consent: (...args) => inBrowser((tracker) => tracker.consent(...args)),
    },
    start: () => inBrowser(() => {}),
  };
};

/** What a component is told that asks for a tracker nobody has provided. */
export const missing = (provider: string): never => {
  throw new Error(`useTracker() found no tracker: ${provider}`);
};
