/** From what happens on the page to events in the queue. */
import {
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
  MAX_USER_ID_CHARS,
  SESSION_TIMEOUT_MS,
} from '@liveinsight/schema/limits';
import { watchClicks } from './clicks.js';
import { createDelivery } from './delivery.js';
import {
  admit,
  describeElement,
  explain,
  flushDelayMs,
  install,
  readExit,
  readPage,
  readStorage,
  watchNavigation,
} from './extras.js';
import { newId } from './ids.js';
import type { Consent, Tracker, TrackerOptions } from './options.js';
import { watchPage } from './page-hidden.js';
import {
  countConversion,
  countView,
  isOtherCampaign,
  isOver,
  newSession,
  readUtm,
  type Session,
} from './session.js';
import { createShelf } from './storage.js';
import { cut } from './text.js';

export const startTracker = (options: TrackerOptions): Tracker => {
  const prefix = `li:${options.site}:`;
  const shelf = createShelf(prefix, readStorage(options));
  const delivery = createDelivery(options, shelf, prefix);
  const guard = delivery._guard;
  let consent: Consent;
  let durable = false;
  let session: Session | undefined;
  let user_id: string | undefined;
  let page = '';
  const { origin, search } = location;
  const { referrer } = document;
  let utm = readUtm(search);
  let activeSince = 0;
  let engagedMs = 0;

  /** @param count of a view or a conversion: numbers it in the session; `key` is what it counts */
  const record = (
    event_type: string,
    fields: object,
    count?: (session: Session, key: string) => object,
    key = '',
  ) => {
    if (consent === 'denied') return;
    const now = Date.now();
    session = shelf._read<Session>(prefix) || session;
    const over = session && isOver(session, now);
    // A report of engagement says what was: it neither ends nor prolongs a session.
    if (!session || (event_type !== 'page_exit' && (over || isOtherCampaign(session, utm)))) {
      session = newSession(
        now,
        session?._visitor || newId(),
        readPage(options),
        referrer.startsWith(`${origin}/`) ? undefined : cut(referrer, MAX_URL_CHARS),
        utm,
      );
      shelf._write(prefix, session);
      // Every session has a view numbered 1, also the one that begins with a click on a page left open.
      if (over && page && count !== countView) view();
    }
    utm = {};
    const gap_ms = Math.max(0, Math.min(now - session._last, SESSION_TIMEOUT_MS));
    if (!over) session._last = now;
    const event = admit(
      {
        event_id: newId(),
        event_type,
        timestamp: now,
        page_url: origin + page,
        gap_ms,
        ...fields,
        ...(count && (durable ? count(session, key) : { view: 0, nth: 0 })),
      },
      session._wire.session_id,
      options,
    );
    shelf._write(prefix, session);
    explain(event ? 'records' : 'was told to drop', event_type, fields);
    if (event) {
      delivery._add(
        event,
        { session: session._wire, visitor_id: durable ? session._visitor : undefined, user_id },
        flushDelayMs(options, !!count),
      );
    }
  };

  const view = () => {
    leave();
    page = readPage(options);
    record('page_view', { page_title: cut(document.title, MAX_TITLE_CHARS) }, countView, page);
  };

  /** Counts a view where there is one to count. A tab opened in the background, or a prerendered page, is not viewed yet. */
  const look = (event?: { persisted?: boolean }) => {
    if (!document.hidden && consent !== 'denied' && (event?.persisted || readPage(options) !== page)) view();
  };

  const clock = () => {
    const now = performance.now();
    if (activeSince) engagedMs += Math.min(now - activeSince, SESSION_TIMEOUT_MS);
    activeSince = !document.hidden && document.hasFocus() ? now : 0;
  };

  const leave = () => {
    clock();
    const engaged_ms = Math.round(engagedMs);
    engagedMs = 0;
    if (page && engaged_ms) record('page_exit', { engaged_ms, ...readExit() });
  };

  const applyConsent = (to: Consent) => {
    const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
    consent = to === 'granted' && (doNotTrack === '1' || globalPrivacyControl) ? 'anonymous' : to;
    delivery._seal(consent === 'denied');
    durable = shelf._open(consent === 'granted');
    if (!durable) session = undefined;
    look();
  };

  guard(() => {
    watchNavigation(guard(look));
    watchPage(
      guard((event) => {
        if (event.type === 'pagehide' || document.hidden) {
          leave();
          delivery._pump();
        } else {
          clock();
          look(event);
        }
      }),
    );
    watchClicks(guard((element) => record('click', describeElement(element))));
    addEventListener('online', delivery._pump);
    install(options, guard, record, applyConsent);
    applyConsent(options.consent || 'granted');
    delivery._pump();
  })();

  return {
    track: guard((name: string, props?: object) => record('custom', { name, props })),
    conversion: guard((conversion_type: string, details?: object) =>
      record('conversion', { conversion_type, ...details }, countConversion, conversion_type),
    ),
    identify: guard((id) => {
      user_id = cut(id && `${id}`, MAX_USER_ID_CHARS);
      delivery._seal();
    }),
    page: guard(view),
    consent: guard(applyConsent),
  };
};
