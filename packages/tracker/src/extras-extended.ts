/** What the extended builds do where the core leaves something out. Same names as in `extras.ts`. */
import { MAX_PROP_CHARS } from '@liveinsight/schema/limits';
import { installCaptures, readScroll } from './captures.js';
import { describeElement as describeBare } from './clicks.js';
import { cookieBox } from './cookie-box.js';
import type { Guard } from './guard.js';
import { watchHistory } from './navigation.js';
import type { Consent, ExtendedOptions, TrackedEvent } from './options.js';
import type { Box } from './storage.js';
import { cut } from './text.js';
import type { Batches, WireBatch } from './wire.js';

export const readPage = (options: ExtendedOptions): string =>
  location.pathname + (options.hash ? location.hash : '');

export const flushDelayMs = (options: ExtendedOptions, urgent: boolean): number =>
  urgent ? +(options.viewFlushAfterMs ?? 500) : +(options.flushAfterMs ?? 5e3);

const isLocal = () => /^(localhost|127\..*|\[::1\]|.*\.local)$/.test(location.hostname);

/** A number from 0 to 1 that is the same for all of a session. */
const shareOf = (sessionId: string) => (Number(sessionId.slice(-6)) % 1e4) / 1e4;

export const admit = (event: TrackedEvent, sessionId: string, options: ExtendedOptions) => {
  if (options.excludeLocalhost && isLocal()) return undefined;
  if (event.event_type === 'click' && options.clicks === false) return undefined;
  if (shareOf(sessionId) >= +(options.sampleRate ?? 1)) return undefined;
  return options.beforeSend ? options.beforeSend(event, sessionId) : event;
};

/** A click, with what the page's author says of the element by `data-li-*`: `data-li-event` names it, the rest are props. */
export const describeElement = (element: Element) => {
  const props: Record<string, string | undefined> = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith('data-li-')) props[name.slice(8)] = cut(value, MAX_PROP_CHARS);
  }
  const { event, mask, consent, ...rest } = props;
  return {
    ...describeBare(element),
    ...(event && { event_type: 'custom', name: event }),
    ...(Object.keys(rest)[0] && { props: rest }),
  };
};

export const readExit = readScroll;

export const readStorage = (options: ExtendedOptions): Box | undefined =>
  options.cookieDomain ? cookieBox(options.cookieDomain, `li:${options.site}:`) : undefined;

export const install = (
  options: ExtendedOptions,
  guard: Guard,
  record: (event_type: string, fields: object) => void,
  setConsent: (to: Consent) => void,
): void => {
  installCaptures(options, guard, record);
  // `<a href="…" data-li-consent="denied">`: an opt-out link, or an opt-in.
  addEventListener(
    'click',
    guard((event: Event) => {
      for (const node of event.composedPath() as HTMLElement[]) {
        const to = node.dataset?.liConsent;
        if (to) setConsent(to as Consent);
      }
    }),
    true,
  );
};

/** Characters that may wait on the device. */
const MAX_QUEUE_CHARS = 1e6;
/** Rounds of giving up: first all but what the numbers need most, then anything. */
const SPARED = [/view|conv/, /^$/];

/** Gives up the oldest events where more would be too many: first those that numbers can best do without. */
export const makeRoom = (
  batches: Batches,
  drop: (reason: string, count: number) => void,
  keep: (key: string, batch: WireBatch) => void,
  forget: (key: string) => void,
): void => {
  let excess = JSON.stringify(batches).length - MAX_QUEUE_CHARS;
  for (const spared of SPARED) {
    for (const key in batches) {
      const batch = batches[key];
      if (!batch || excess <= 0) continue;
      const events = batch.events.filter((event) => spared.test(event.event_type));
      const taken = batch.events.length - events.length;
      if (!taken) continue;
      drop('queue_full', taken);
      excess -= JSON.stringify(batch.events).length - JSON.stringify(events).length;
      batch.events = events;
      if (events[0]) keep(key, batch);
      else forget(key);
    }
  }
};

export const explain = (_decision: string, ..._details: unknown[]): void => {};

/** As in the core where the browser has no Navigation API; where it has, nothing is patched. */
export const watchNavigation = (onChange: () => void): void => {
  const { navigation } = window;
  if (navigation) {
    navigation.addEventListener('currententrychange', onChange);
  } else watchHistory(onChange);
};

/** Options from `data-*` attributes: `data-hash` and `data-hash="true"` are true, `"false"` is false. */
export const readOptions = (dataset: DOMStringMap): object => {
  const options: Record<string, unknown> = {};
  for (const [name, value = ''] of Object.entries(dataset)) {
    options[name] = value === '' || value === 'true' || (value === 'false' ? false : value);
  }
  return options;
};
