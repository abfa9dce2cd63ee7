/** The script tag: its `data-*` attributes become options, and calls queued before it had loaded are made. */
import { readDocument } from './document.js';
import { readOptions } from './features-core.js';
import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

type Command = ((...call: [name: keyof Tracker, ...args: unknown[]]) => void) & {
  q?: [keyof Tracker][];
  /** Options of the extended script that are functions. */
  beforeSend?: unknown;
  redact?: unknown;
  /** The site of the first script that runs: a second does nothing. */
  on?: string | undefined;
};

declare global {
  interface Window {
    liveinsight?: Command;
  }
}

const tag = readDocument('currentScript') as HTMLScriptElement;
const site = tag?.dataset.site;
// Markup may make an element of that name.
const stub = window.liveinsight;
const running = stub?.on;
if (!site || (running || site) !== site) {
  // A tag manager drops attributes; a module has no tag to read them from; a page has one site.
  console.warn('LiveInsight: no data-site, or a second');
} else if (!running) {
  const tracker = startTracker(readOptions(tag) as TrackerOptions);
  const command: Command = (name, ...args) => {
    // A name that is none must not break the page.
    (tracker[name] as ((...args: unknown[]) => void) | undefined)?.(...args);
  };
  stub?.q?.map((call) => command(...call));
  command.on = site;
  window.liveinsight = command;
}
