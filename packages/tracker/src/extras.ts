/**
 * Where the extended builds differ from the core, which must be small. Here is what the core does; they take `extras-extended.ts` in its
 * place, with the same names.
 */
import { MAX_EVENTS_PER_BATCH } from '@liveinsight/schema/limits';
import { MAX_BATCH_CHARS } from './batch-size.js';
import type { Guard } from './guard.js';
import type { Consent, TrackedEvent, TrackerOptions } from './options.js';
import type { Box } from './storage.js';
import { cut, MAX_PATH_CHARS } from './text.js';

/** The current page's name. */
export const readPage = (_options: TrackerOptions): string =>
  cut(location.pathname, MAX_PATH_CHARS) as string;

/** Milliseconds that an event may wait for company. */
export const flushDelayMs = (_options: TrackerOptions, urgent: boolean): number => (urgent ? 500 : 5e3);

/** Events that fill a batch: it leaves at once. */
export const mostEvents = (_options: TrackerOptions): number => MAX_EVENTS_PER_BATCH;

/** Characters that a batch may have. */
export const mostChars = (_options: TrackerOptions): number => MAX_BATCH_CHARS;

/** Whether every event is recorded, as it is. */
export const ADMITS_ALL = true;

/** The event as it is to be recorded; nothing where it is left out; false where all of its session is. */
export const admit = (
  event: TrackedEvent,
  _sessionId: string,
  _options: TrackerOptions,
): TrackedEvent | undefined | false => event;

export { describeTarget } from './clicks.js';

/** What every page_exit says beside the time. */
export const readExit = (): object => ({});

/** The storage to use instead of localStorage. */
export const readStorage = (_options: TrackerOptions): Box | undefined => undefined;

/** Listens for more than views and clicks. */
export const install = (
  _options: TrackerOptions,
  _guard: Guard,
  _record: (event_type: string, fields: object) => void,
  _setConsent: (to?: Consent) => void,
  _takeEngaged: () => number,
): void => {};

/** Options from `data-*` attributes. */
export const readOptions = (dataset: DOMStringMap): object => dataset;

/** Tells when the URL may have changed without a new document. The listener decides whether it is another page. */
export { watchHistory as watchNavigation } from './navigation.js';
