/**
 * Where the extended builds differ from the core, which must be small. Here is what the core does; they take `extras-extended.ts` in its
 * place, with the same names.
 */
import type { Guard } from './guard.js';
import type { Consent, TrackedEvent, TrackerOptions } from './options.js';
import type { Box } from './storage.js';
import type { Batches, WireBatch } from './wire.js';

/** The current page's name. */
export const readPage = (_options: TrackerOptions): string => location.pathname;

/** Milliseconds that an event may wait for company. */
export const flushDelayMs = (_options: TrackerOptions, urgent: boolean): number => (urgent ? 500 : 5e3);

/** The event as it is to be recorded, or nothing. */
export const admit = (
  event: TrackedEvent,
  _sessionId: string,
  _options: TrackerOptions,
): TrackedEvent | null | undefined | false => event;

export { describeElement } from './clicks.js';

/** What every page_exit says beside the time. */
export const readExit = (): object => ({});

/** The storage to use instead of localStorage. */
export const readStorage = (_options: TrackerOptions): Box | undefined => undefined;

/** Listens for more than views and clicks. */
export const install = (
  _options: TrackerOptions,
  _guard: Guard,
  _record: (event_type: string, fields: object) => void,
  _setConsent: (to: Consent) => void,
): void => {};

/** What the debug build says of a decision. */
export const explain = (_decision: string, ..._details: unknown[]): void => {};

/** Batches that may wait on the device: about a megabyte. */
const MAX_BATCHES = 64;

/** Gives up the oldest batch where another would be too many. */
export const makeRoom = (
  batches: Batches,
  drop: (reason: string, count: number) => void,
  _keep: (key: string, batch: WireBatch) => void,
  forget: (key: string) => void,
): void => {
  const [oldest, ...others] = Object.keys(batches) as [string];
  if (others.length >= MAX_BATCHES) {
    drop('queue_full', batches[oldest]?.events.length || 0);
    forget(oldest);
  }
};

/** Tells when the URL may have changed without a new document. The listener decides whether it is another page. */
export { watchHistory as watchNavigation } from './navigation.js';

/** Options from `data-*` attributes. */
export const readOptions = (dataset: DOMStringMap): object => dataset;
