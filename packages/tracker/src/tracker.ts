/** From what happens on the page to events in the queue. */
import {
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
  MAX_USER_ID_CHARS,
  SESSION_TIMEOUT_MS,
} from '@liveinsight/schema/limits';
import { describeElement, watchClicks } from './clicks.js';
import { createDelivery } from './delivery.js';
import { uuid } from './ids.js';
import { watchNavigation } from './navigation.js';
import type { Consent, TrackedEvent, Tracker, TrackerOptions } from './options.js';
import { watchPage } from './page-hidden.js';
import { countConversion, countView, expired, newSession, readUtm, type Session } from './session.js';
import { createShelf } from './storage.js';

/** The page's trackers by site: however often one is started, it runs once. */
type Running = { liveinsightTrackers?: Record<string, Tracker> };

export const startTracker = (options: TrackerOptions): Tracker => {
  const page = window as Window & Running;
  page.liveinsightTrackers ||= {};
  page.liveinsightTrackers[options.site] ||= createTracker(options);
  return page.liveinsightTrackers[options.site] as Tracker;
};

const createTracker = (options: TrackerOptions): Tracker => {
  const shelf = createShelf(`li:${options.site}:`);
  const delivery = createDelivery(options, shelf);
  let consent: Consent;
  let session: Session | undefined;
  let visitorId: string | undefined;
  let userId: string | undefined;
  let page = '';
  let viewed = false;
  let referrer = document.referrer.startsWith(`${location.origin}/`) ? '' : document.referrer;
  let activeSince = 0;
  let engagedMs = 0;

  const currentPage = () => (location.pathname + (options.hash ? location.hash : '')).slice(0, MAX_URL_CHARS);

  /** @param passive whether it only reports on what was: it neither starts nor prolongs a session */
  const record = (
    event_type: string,
    fields: (session: Session) => object,
    delayMs = options.flushAfterMs ?? 5e3,
    passive?: boolean,
  ) => {
    if (consent === 'denied') return;
    const now = Date.now();
    session = shelf._read<Session>('session') || session;
    let over = expired(session, now);
    if (over && !passive) {
      over = false;
      session = newSession(now, currentPage(), referrer, readUtm(location.search));
      referrer = '';
      shelf._write('session', session);
      // Every session has a view numbered 1, also the one that begins with a click on a page left open.
      if (viewed && event_type !== 'page_view') view();
    }
    if (!session) return;
    const gap = over ? 0 : Math.max(0, now - session.last);
    if (!over) session.last = now;
    let event: TrackedEvent | null | undefined | false = {
      event_id: uuid(),
      event_type,
      timestamp: now,
      page_url: location.origin + page,
      gap_ms: gap || undefined,
      ...fields(session),
    };
    shelf._write('session', session);
    try {
      if (options.beforeSend) event = options.beforeSend(event);
      if (event) {
        delivery._add(event, { session: session.wire, visitor_id: visitorId, user_id: userId }, delayMs);
      }
    } catch {
      delivery._drop('before_send', 1);
    }
  };

  const view = () => {
    leave();
    page = currentPage();
    viewed = true;
    record(
      'page_view',
      (session) => ({
        page_title: document.title.slice(0, MAX_TITLE_CHARS),
        ...(shelf._durable ? countView(session, page) : { view: 0 }),
      }),
      options.viewFlushAfterMs ?? 500,
    );
  };

  /** A tab opened in the background, or a page prerendered, is viewed when it is first shown. */
  const firstView = () => {
    if (!viewed && !document.hidden && consent !== 'denied') view();
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
    if (engaged_ms) record('page_exit', () => ({ engaged_ms }), undefined, true);
  };

  const applyConsent = (to: Consent) => {
    const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
    consent = to === 'granted' && (doNotTrack === '1' || globalPrivacyControl) ? 'anonymous' : to;
    shelf._open(consent === 'granted');
    visitorId = undefined;
    if (shelf._durable) {
      visitorId = shelf._read('visitor') || uuid();
      shelf._write('visitor', visitorId);
    } else session = undefined;
    if (consent === 'denied') delivery._clear();
    firstView();
  };

  watchNavigation(() => {
    if (viewed && currentPage() !== page) view();
  });
  watchPage((leaving, restored) => {
    if (restored) view();
    else if (leaving) leave();
    else clock();
    firstView();
    if (leaving) delivery._pump(true);
  });
  if (options.clicks !== false) watchClicks((element) => record('click', () => describeElement(element)));
  applyConsent(options.consent || 'granted');
  delivery._pump();

  return {
    track: (name: string, props?: object) => record('custom', () => ({ name, props })),
    conversion: (conversion_type, details) =>
      record(
        'conversion',
        (session) => ({
          conversion_type,
          ...(shelf._durable ? countConversion(session, conversion_type) : { nth: 0 }),
          ...details,
        }),
        options.viewFlushAfterMs ?? 500,
      ),
    identify: (id) => {
      userId = id ? `${id}`.slice(0, MAX_USER_ID_CHARS) : undefined;
    },
    page: view,
    consent: applyConsent,
  };
};
