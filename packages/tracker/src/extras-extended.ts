/** What the extended builds do where the core leaves something out. Same names as in `extras.ts`. */
import { MAX_EVENTS_PER_BATCH, MAX_PROP_CHARS } from '@liveinsight/schema/limits';
import { MAX_BATCH_CHARS } from './batch-size.js';
import { installCaptures, readScroll } from './captures.js';
import { describeTarget as describeBare } from './clicks.js';
import { cookieBox } from './cookie-box.js';
import { explain } from './explain.js';
import type { Guard } from './guard.js';
import { watchHistory } from './navigation.js';
import type { Consent, ExtendedOptions, TrackedEvent } from './options.js';
import type { Box } from './storage.js';
import { cut, MAX_PATH_CHARS } from './text.js';

export const readPage = (options: ExtendedOptions): string =>
  (location.pathname + (options.hash ? location.hash : '')).slice(0, MAX_PATH_CHARS);

export const flushDelayMs = (options: ExtendedOptions, urgent: boolean): number =>
  urgent ? +(options.viewFlushAfterMs ?? 500) : +(options.flushAfterMs ?? 5e3);

export const mostEvents = (options: ExtendedOptions): number =>
  Math.min(+(options.flushAtEvents as number) || MAX_EVENTS_PER_BATCH, MAX_EVENTS_PER_BATCH);

export const mostChars = (options: ExtendedOptions): number =>
  +(options.flushAtChars as number) || MAX_BATCH_CHARS;

const isLocal = () => /^(localhost|127\..*|\[::1\]|.*\.local)$/.test(location.hostname);

/** A number from 0 to 1 that is the same for all of a session: the random part of its id. */
const shareOf = (sessionId: string) => +sessionId.slice(sessionId.indexOf('.') - 1);

export const ADMITS_ALL = false;

export const admit = (event: TrackedEvent, sessionId: string, options: ExtendedOptions) => {
  if (options.excludeLocalhost && isLocal()) return explain('leaves localhost out', event.event_type);
  if (event.event_type === 'click' && options.clicks === false)
    return explain('leaves clicks out', event.event_type);
  if (shareOf(sessionId) >= +(options.sampleRate ?? 1)) {
    explain('leaves the session out, by sampleRate', sessionId);
    return false;
  }
  return (options.beforeSend ? options.beforeSend(event, sessionId) : event) || undefined;
};

/** A click, with what the page's author says of the element by `data-li-*`: `data-li-event` names it, the rest are props. */
export const describeTarget = (event: Event) => {
  const props: Record<string, string | undefined> = {};
  // From the outside in: what is said nearest to the click counts.
  for (const node of event.composedPath().reverse() as Element[]) {
    for (const { name, value } of node.attributes || []) {
      if (name.startsWith('data-li-')) props[name.slice(8)] = cut(value, MAX_PROP_CHARS);
    }
  }
  const { event: name, mask, consent, ...rest } = props;
  return {
    ...describeBare(event),
    ...(name && { event_type: 'custom', name }),
    ...(Object.keys(rest)[0] && { props: rest }),
  };
};

export const readExit = readScroll;

export const readStorage = (options: ExtendedOptions): Box | undefined =>
  options.cookieDomain
    ? cookieBox(options.cookieDomain, [`li:${options.site}`, `li:${options.site}?`])
    : undefined;

export const install = (
  options: ExtendedOptions,
  guard: Guard,
  record: (event_type: string, fields: object) => void,
  setConsent: (to?: Consent) => void,
  takeEngaged: () => number,
): void => {
  installCaptures(options, guard, record, takeEngaged);
  // What is chosen in one tab holds in all.
  addEventListener(
    'storage',
    guard(({ key }: StorageEvent) => key === `li:${options.site}?` && setConsent()),
  );
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
