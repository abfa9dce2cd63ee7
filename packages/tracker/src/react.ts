/** React: a provider that starts the page's tracker once, and a hook that hands it out. */
import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react';
import { deferTracker, missing } from './lazy-tracker.js';
import type { EventMap, EventsOf, Tracker, TrackerOptions } from './options.js';

const Context = createContext<Tracker | undefined>(undefined);

export interface TrackerProviderProps extends TrackerOptions {
  children?: ReactNode;
}

/**
 * Starts the tracker once it is mounted in a browser; views of a router are counted from then on. The options of its first
 * render hold.
 */
export function TrackerProvider({ children, ...options }: TrackerProviderProps): ReactElement {
  const [{ tracker, start }] = useState(() => deferTracker(options));
  useEffect(start, [start]);
  return createElement(Context.Provider, { value: tracker }, children);
}

/** The tracker of the `TrackerProvider` above. On the server its calls do nothing. */
export function useTracker<Events extends EventsOf<Events> = EventMap>(): Tracker<Events> {
  return (useContext(Context) ??
    missing('put a <TrackerProvider site="…"> around the app')) as unknown as Tracker<Events>;
}
