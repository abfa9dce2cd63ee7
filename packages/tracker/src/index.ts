/** LiveInsight's browser tracker, from npm. */
import type { EventMap, EventsOf, Tracker, TrackerOptions } from './options.js';
import { startOnce } from './start-once.js';

export type {
  Consent,
  ConversionDetails,
  EventMap,
  EventsOf,
  Props,
  PropValue,
  TrackedEvent,
  Tracker,
  TrackerOptions,
} from './options.js';

/**
 * Starts recording the current page and its navigations. A second call for the same site returns the same tracker, so a
 * component that mounts twice is harmless.
 */
export function createTracker<Events extends EventsOf<Events> = EventMap>(
  options: TrackerOptions,
): Tracker<Events> {
  return startOnce(options) as unknown as Tracker<Events>;
}
