/** The script tag: its `data-*` attributes become options, and calls queued before it had loaded are made. */
import { readOptions } from './extras.js';
import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

type Command = ((...call: [name: keyof Tracker, ...args: unknown[]]) => void) & {
  q?: [keyof Tracker][];
  /** Set by the first script that runs: a second does nothing. */
  on?: Command;
};

declare global {
  interface Window {
    liveinsight?: Command;
  }
}

const { src, dataset } = document.currentScript as HTMLScriptElement;
if (!window.liveinsight?.on) {
  const tracker = startTracker({
    endpoint: new URL('api/events', src),
    ...readOptions(dataset),
  } as unknown as TrackerOptions);
  const command: Command = (name, ...args) => {
    // A name that is none must not break the page.
    (tracker[name] as ((...args: unknown[]) => void) | undefined)?.(...args);
  };
  for (const call of window.liveinsight?.q || []) command(...call);
  command.on = window.liveinsight = command;
}
