/** Svelte: a function for the root component that starts the page's tracker, and one that hands it out below. */
import { getContext, onMount, setContext } from 'svelte';
import { deferTracker, missing } from './lazy-tracker.js';
import type { EventMap, EventsOf, Tracker, TrackerOptions } from './options.js';

const KEY = Symbol.for('liveinsight');

/**
 * To be called in the root component or layout.
 * @param afterNavigate SvelteKit's, from `$app/navigation`: the first view is that of the route it has settled on. Default:
 *   Svelte's `onMount`.
 */
export function setTracker<Events extends EventsOf<Events> = EventMap>(
  options: TrackerOptions,
  afterNavigate: (callback: () => void) => void = onMount,
): Tracker<Events> {
  const { tracker, start } = deferTracker(options);
  afterNavigate(start);
  return setContext(KEY, tracker) as unknown as Tracker<Events>;
}

/** The tracker that a component above has set. On the server its calls do nothing. */
export function useTracker<Events extends EventsOf<Events> = EventMap>(): Tracker<Events> {
  return (getContext<Tracker | undefined>(KEY) ??
    missing("call setTracker({ site: '…' }) in the root component")) as unknown as Tracker<Events>;
}
