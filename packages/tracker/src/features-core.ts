/**
 * Where the extended builds differ from the core, which must be small. Here is what the core does; they take `features-extended.ts` in its
 * place, with the same names.
 */
import { MAX_EVENTS_PER_BATCH } from '@liveinsight/schema/limits';
import { MAX_BATCH_CHARS } from './batch-size.js';
import { findChoices } from './choice.js';
import { readCookies } from './cookies.js';
import type { Guard } from './guard.js';
import type { TrackedEvent, TrackerOptions } from './options.js';
import { readEndpoint } from './script-endpoint.js';
import type { StorageArea } from './storage.js';
import { readPath } from './text.js';

/** The current page's name. */
export const readPage = (_options: TrackerOptions): string => readPath();

/** How a batch says what its pages are named by. */
export const describePages = (_options: TrackerOptions): { hash_routes?: boolean } => ({});

/** Milliseconds that an event may wait for company. A click that is stored is patient: the next view takes it along. */
export const flushDelayMs = (_options: TrackerOptions, urgent: boolean, patient: unknown): number =>
  urgent ? 500 : patient ? 6e4 : 5e3;

/** Events that fill a batch: it leaves at once. */
export const mostEvents = (_options: TrackerOptions): number => MAX_EVENTS_PER_BATCH;

/** Characters that a batch may have. */
export const mostChars = (_options: TrackerOptions): number => MAX_BATCH_CHARS;

/** The event as it is to be recorded; nothing where it is left out; false where all of its session is. */
export const filterEvent = (
  event: TrackedEvent,
  _sessionId: string,
  _options: TrackerOptions,
): TrackedEvent => event;

/** Changes an event that has been admitted. */
export const changeEvent = (
  event: TrackedEvent,
  fields: object,
  _sessionId: string,
  _options: TrackerOptions,
): void => {
  Object.assign(event, fields);
};

export { describeTarget } from './clicks.js';

/** What every page_exit says beside the time. */
export const readExit = (): object => ({});

/** Choices that the extended script has stored, on whatever page of this site or of a subdomain: in cookies. */
export const readChoices = (options: TrackerOptions): Iterable<string> =>
  findChoices(readCookies(), options.site);

/** The storage to use instead of localStorage. */
export const readStorage = (_options: TrackerOptions): StorageArea | undefined => undefined;

/** Listens for more than views and clicks. */
export const install = (
  _options: TrackerOptions,
  _guard: Guard,
  _record: (event_type: string, fields: object) => void,
  _applyConsent: (to?: unknown) => void,
  _takeEngaged: () => number,
): void => {};

/** Options from the tag's `data-*` attributes. */
export const readOptions = (tag: HTMLScriptElement): object => ({
  ...tag.dataset,
  endpoint: readEndpoint(tag),
});
