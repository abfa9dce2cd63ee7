/** The script tag: its `data-*` attributes become options, and calls queued before it had loaded are made. */
import type { Tracker, TrackerOptions } from './options.js';
import { startTracker } from './tracker.js';

type Command = ((name: keyof Tracker, ...args: unknown[]) => void) & { q?: Iterable<IArguments> };

const element = document.currentScript as HTMLScriptElement;
const page = window as unknown as { liveinsight?: Command };
const options: Record<string, unknown> = { endpoint: new URL('/api/events', element.src).href };
for (const [name, value] of Object.entries(element.dataset)) {
  options[name] = value === 'false' ? false : value || true;
}
const tracker = startTracker(options as unknown as TrackerOptions);
const waiting = page.liveinsight?.q || [];
page.liveinsight = (name, ...args) => (tracker[name] as (...args: unknown[]) => void)(...args);
for (const call of waiting) page.liveinsight(...(call as unknown as [keyof Tracker]));
