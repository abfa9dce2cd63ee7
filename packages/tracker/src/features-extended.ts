/** What the extended builds do where the core leaves something out. Same names as in `features-core.ts`. */
import { MAX_EVENTS_PER_BATCH, MAX_PROP_CHARS } from '@liveinsight/schema/limits';
import { MAX_BATCH_CHARS } from './batch-size.js';
import { installCaptures } from './captures.js';
import { describeTarget as describeBare } from './clicks.js';
import { cookieStorage } from './cookie-storage.js';
import { debugLog } from './debug-log.js';
import { elementsOf } from './element.js';
import type { Guard } from './guard.js';
import type { ExtendedOptions, TrackedEvent } from './options.js';
import { readEndpoint } from './script-endpoint.js';
import { readScroll } from './scroll.js';
import type { StorageArea } from './storage.js';
import { cut, MAX_PATH_CHARS, readPath } from './text.js';

export const readPage = (options: ExtendedOptions): string => {
  const page = readPath() + (options.hash ? readRoute() : '');
  return redact(options, page, 'path').slice(0, MAX_PATH_CHARS);
};

/** Nothing in place of nothing: what is not there tells no secret. */
const redact = (options: ExtendedOptions, text: string, what: 'path' | 'title' | 'text'): string =>
  options.redact && text ? `${options.redact(text, what)}` : text;

/** The fragment up to its own query; none where it holds values, as `#access_token=…`. */
const readRoute = () => {
  const [route = ''] = location.hash.split('?');
  return route.includes('=') ? '' : route;
};

export const describePages = ({ hash }: ExtendedOptions): { hash_routes?: boolean } =>
  hash ? { hash_routes: true } : {};

/** At most a minute: what waits longer counts as left behind, and another tab would send it too. */
export const flushDelayMs = (options: ExtendedOptions, urgent: boolean, patient: unknown): number =>
  Math.min(
    +(urgent ? (options.viewFlushAfterMs ?? 500) : (options.flushAfterMs ?? (patient ? 6e4 : 5e3))),
    6e4,
  );

export const mostEvents = (options: ExtendedOptions): number =>
  Math.min(+(options.flushAtEvents as number) || MAX_EVENTS_PER_BATCH, MAX_EVENTS_PER_BATCH);

export const mostChars = (options: ExtendedOptions): number =>
  Math.min(+(options.flushAtChars as number) || MAX_BATCH_CHARS, MAX_BATCH_CHARS);

const isLocal = () => /^(localhost|127\..*|\[::1\]|.*\.local)$/.test(location.hostname);

/** A number from 0 to 1 that is the same for all of a session: the random part of its id. */
const shareOf = (sessionId: string) => +sessionId.slice(sessionId.indexOf('.') - 1);

export const filterEvent = (event: TrackedEvent, sessionId: string, options: ExtendedOptions) => {
  if (options.excludeLocalhost && isLocal()) return debugLog('leaves localhost out', event.event_type);
  if (event.event_type === 'click' && options.clicks === false)
    return debugLog('leaves clicks out', event.event_type);
  if (shareOf(sessionId) >= +(options.sampleRate ?? 1)) {
    debugLog('leaves the session out, by sampleRate', sessionId);
    return false;
  }
  redactField(options, event, 'page_title', 'title');
  redactField(options, event, 'element_text', 'text');
  if (event.props && event.name === 'rage_click') redactField(options, event.props, 'text', 'text');
  return (options.beforeSend ? options.beforeSend(event, sessionId) : event) || undefined;
};

const redactField = (
  options: ExtendedOptions,
  fields: Record<string, unknown>,
  name: string,
  what: 'title' | 'text',
): void => {
  const text = fields[name];
  if (typeof text === 'string') fields[name] = redact(options, text, what);
};

/** What is new in an event is shown to `beforeSend` too: a redacted event would tell it otherwise. */
export const changeEvent = (
  event: TrackedEvent,
  fields: object,
  sessionId: string,
  options: ExtendedOptions,
): void => {
  Object.assign(event, filterEvent({ ...event, ...fields }, sessionId, options));
};

/** A click, with what the page's author says of the element by `data-li-*`: `data-li-event` names it, the rest are props. */
export const describeTarget = (path: readonly Element[]) => {
  const props: Record<string, string | undefined> = {};
  // From the outside in: what is said nearest to the click counts.
  for (const node of [...path].reverse()) {
    for (const name of Element.prototype.getAttributeNames.call(node)) {
      if (name.startsWith('data-li-')) props[name.slice(8)] = cut(node.getAttribute(name), MAX_PROP_CHARS);
    }
  }
  const { event: name, mask, consent, ...rest } = props;
  return {
    ...describeBare(path),
    ...(name && { event_type: 'custom', name }),
    ...(Object.keys(rest)[0] && { props: rest }),
  };
};

export const readExit = readScroll;

/** It is read from the storage: see there. */
export const readChoices = (_options: ExtendedOptions): Iterable<string> => '';

export const readStorage = (options: ExtendedOptions): StorageArea | undefined =>
  cookieStorage(options.cookieDomain, `li:${options.site}`, `li:${options.site}?`);

export const install = (
  options: ExtendedOptions,
  guard: Guard,
  record: (event_type: string, fields: object) => void,
  applyConsent: (to?: unknown) => void,
  takeEngaged: () => number,
): void => {
  installCaptures(options, guard, record, takeEngaged);
  // What is chosen in one tab holds in all.
  addEventListener(
    'storage',
    guard(({ key }: StorageEvent) => key === `li:${options.site}?` && applyConsent()),
  );
  // `<a href="…" data-li-consent="denied">`: an opt-out link, or an opt-in.
  addEventListener(
    'click',
    guard((event: Event) => {
      for (const element of elementsOf(event)) {
        const to = element.getAttribute('data-li-consent');
        if (typeof to === 'string') applyConsent(to || 'denied');
      }
    }),
    true,
  );
};

/**
 * Options from `data-*` attributes: `data-hash` and `data-hash="true"` are true, `"false"` is false. Functions are looked up by name when
 * they are needed, so that a page may define them later; a policy that forbids `eval` does not matter.
 */
export const readOptions = (tag: HTMLScriptElement): object => {
  const { dataset } = tag;
  const options: Record<string, unknown> = {};
  for (const [name, value = ''] of Object.entries(dataset)) {
    options[name] = value === '' || value === 'true' || (value === 'false' ? false : value);
  }
  for (const name of ['beforeSend', 'redact'] as const) {
    const given = dataset[name];
    // The function that keeps calls until the script has loaded is replaced by the script's.
    const early = window.liveinsight?.[name];
    options[name] = (...args: unknown[]) => {
      const page = window as unknown as Record<string, unknown>;
      const hook = given === undefined ? (window.liveinsight?.[name] ?? early) : page[given];
      if (typeof hook === 'function') return hook(...args);
      // A function that was asked for and is not there might have left the event out.
      if (given !== undefined) throw new Error(`no function named ${given}`);
      return args[0];
    };
  }
  options.endpoint = readEndpoint(tag);
  return options;
};
