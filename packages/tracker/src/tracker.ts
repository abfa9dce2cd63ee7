/** From what happens on the page to events in the queue. */
import {
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
  MAX_USER_ID_CHARS,
  SESSION_TIMEOUT_MS,
} from '@liveinsight/schema/limits';
import { createDelivery } from './delivery.js';
import { explain } from './explain.js';
import {
  ADMITS_ALL,
  admit,
  describeTarget,
  flushDelayMs,
  install,
  readExit,
  readPage,
  readStorage,
  watchNavigation,
} from './extras.js';
import { newId } from './ids.js';

import type { Consent, TrackedEvent, Tracker, TrackerOptions } from './options.js';
import { watchPage } from './page-events.js';
import { countConversion, countView, isOver, readUtm, type Session } from './session.js';
import { createShelf } from './storage.js';
import { cut } from './text.js';
import type { Utm } from './wire.js';

interface PrivateNavigator extends Navigator {
  globalPrivacyControl?: boolean;
}

export const startTracker = (options: TrackerOptions): Tracker => {
  const name = `li:${options.site}`;
  const shelf = createShelf(() => readStorage(options));
  const [read, write, remove, list, open] = shelf;
  const [add, pump, forgetWaiting, guard] = createDelivery(options, shelf, `${name}:`);
  let consent: Consent;
  /** Truthy where what is stored outlives the page. */
  let durable: unknown;
  let session: Session | undefined;
  let user_id: string | undefined;
  /** The page that was viewed last. */
  let page: string | undefined;
  /** The campaign that the page's URL names, until a session has it. */
  let utm: Utm = {};
  let engagedMs = 0;
  let activeSince = 0;

  /** @param count numbers a view or a conversion in its session; `of` is the page or type */
  const record = (
    event_type: string,
    fields: object,
    count?: (session: Session, of: string) => object,
    of?: string,
  ) => {
    if (consent === 'denied') return explain('records nothing without consent', event_type);
    const now = Date.now();
    session = read<Session>(name) || session;
    const over = session && isOver(session, now, utm);
    // A report of engagement says what was: it neither begins nor prolongs a session.
    if (!session || (over && event_type !== 'page_exit')) {
      // Every session has a view numbered 1, also the one that begins with a click on a page left open.
      if (page && event_type !== 'page_view') {
        view();
        return record(event_type, fields, count, of);
      }
      session = {
        _wire: {
          session_id: newId(),
          entry_page: page || readPage(options),
          referrer: document.referrer.startsWith(`${location.origin}/`)
            ? undefined
            : cut(document.referrer, MAX_URL_CHARS),
          utm,
        },
        _visitor: session?._visitor || newId(),
        _start: now,
        _last: now,
        _pages: [],
        _conversions: [],
      };
      explain('begins a session', session);
      // Where storage is full, the next page won't know of this session.
      write(name, session);
      durable &&= read(name);
    }
    utm = {};
    const event = admit(
      {
        event_id: newId(),
        event_type,
        timestamp: now,
        page_url: location.origin + (page || readPage(options)),
        gap_ms: over ? 0 : Math.max(0, now - session._last),
        ...fields,
        ...(count && (durable ? count(session, of as string) : { view: 0, nth: 0 })),
      },
      session._wire.session_id,
      options,
    );
    explain(event ? 'records' : 'leaves out', event_type, fields);
    if (event || ADMITS_ALL) {
      add(
        event as TrackedEvent,
        { session: session._wire, visitor_id: durable ? session._visitor : undefined, user_id },
        flushDelayMs(options, !!count),
      );
    }
    // Of an event that is left out, or can't be kept, the session knows nothing: no ordinal, and no moment that gaps are counted from.
    if (event !== undefined || ADMITS_ALL) {
      if (!over) session._last = now;
      write(name, session);
    }
  };

  const view = () => {
    leave();
    page = readPage(options);
    record('page_view', { page_title: cut(document.title, MAX_TITLE_CHARS) }, countView, page);
  };

  /** Counts a view where there is one to count. A tab opened in the background, or a prerendered page, is not viewed yet. */
  const look = () => {
    if (!document.hidden && consent !== 'denied' && readPage(options) !== page) view();
    else explain('counts no view: no consent, not seen yet, or counted before', page);
  };

  const clock = (stopped?: boolean) => {
    const now = Date.now();
    if (activeSince) engagedMs += Math.min(now - activeSince, SESSION_TIMEOUT_MS);
    activeSince = !stopped && !document.hidden && document.hasFocus() ? now : 0;
  };

  /** Time engaged since it was asked for last. */
  const takeEngaged = (stopped?: boolean) => {
    clock(stopped);
    const taken = engagedMs;
    engagedMs = 0;
    return taken;
  };

  const leave = (stopped?: boolean) => {
    const engaged_ms = takeEngaged(stopped);
    const exit = readExit();
    // Less than nothing, where the clock was set back, is nothing to report.
    if (page && engaged_ms > 0) record('page_exit', { engaged_ms, ...exit });
  };

  /** Begins with what the visitor has chosen before, or changes to what is chosen now. */
  const setConsent = (to?: Consent) => {
    open(true);
    consent = to || read(`${name}?`) || consent || options.consent || 'granted';
    if (
      consent === 'granted' &&
      (+(navigator.doNotTrack as string) || (navigator as PrivateNavigator).globalPrivacyControl)
    )
      consent = 'anonymous';
    if (consent !== 'granted') {
      [name, ...list(`${name}:`)].map(remove);
      // Nothing leads from what was stored to what comes: another session begins, with another view.
      if (durable) session = page = undefined;
      if (consent === 'denied') forgetWaiting();
    }
    // After what is removed: where storage was full, there is room now.
    if (to) write(`${name}?`, to);
    durable = open(consent === 'granted');
    explain('has this consent', consent, durable ? 'and storage' : 'and no storage');
    pump();
    look();
  };

  guard(() => {
    utm = readUtm(location.search);
    // First of all: whatever a page has done to what follows, nothing is recorded that the visitor does not want.
    setConsent();
    watchPage(
      guard((event) => {
        const type = event.type;
        if (type === 'click') record(type, describeTarget(event));
        else if (type === 'pagehide' || document.hidden) {
          leave(true);
          pump();
        } else {
          clock();
          if ((event as PageTransitionEvent).persisted) {
            // Back from the back/forward cache it is viewed anew; and meanwhile the visitor may have chosen otherwise.
            page = undefined;
            setConsent();
          } else look();
          if (type === 'online') pump();
        }
      }),
    );
    install(options, guard, record, setConsent, takeEngaged);
    watchNavigation(guard(look));
  })();

  return {
    track: guard((name: string, props?: object) => record('custom', { name, props })),
    conversion: guard((conversion_type: string, details?: object) =>
      record('conversion', { conversion_type, ...details }, countConversion, conversion_type),
    ),
    identify: guard((id) => {
      user_id = id ? cut(`${id}`, MAX_USER_ID_CHARS) : undefined;
      pump();
    }),
    page: guard(view),
    consent: guard(setConsent),
  };
};
