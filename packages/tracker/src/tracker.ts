/** From what happens on the page to events in the queue. */
import { MAX_TITLE_CHARS, MAX_USER_ID_CHARS, SESSION_TIMEOUT_MS } from '@liveinsight/schema/limits';
import { isSameAct } from './acts.js';
import { toAddress } from './address.js';
import { newestChoice, readTimeLeft, toConsent } from './choice.js';
import { readContext } from './context.js';
import { checkOptions, debugLog } from './debug-log.js';
import { createDelivery } from './delivery.js';
import { readDocument } from './document.js';
import { elementsOf } from './element.js';
import {
  changeEvent,
  describeTarget,
  filterEvent,
  flushDelayMs,
  install,
  readChoices,
  readExit,
  readPage,
  readStorage,
} from './features-core.js';
import { newId } from './ids.js';
import { watchNavigation } from './navigation.js';
import type { Consent, ConversionDetails, TrackedEvent, Tracker, TrackerOptions } from './options.js';
import { watchPage } from './page-events.js';
import { countConversion, countView, engage, isOver, readUtm, type Session } from './session.js';
import { createStorage } from './storage.js';
import type { Utm } from './wire.js';

interface PrivateNavigator extends Navigator {
  globalPrivacyControl?: boolean;
}

/** Numbers a view or a conversion in its session; `of` is the page or type. */
type Count = (session: Session, of: string) => object;

/** Milliseconds that a view waits at most for its document. */
const MAX_UNSURE_MS = 2e3;

export const startTracker = (options: TrackerOptions): Tracker => {
  checkOptions(options);
  const name = `li:${options.site}`;
  /** Where the visitor's choice is stored. */
  const choice = `${name}?`;
  const storage = createStorage(
    () => readStorage(options),
    () => consent === 'granted',
  );
  /** The view whose URL and title are not final yet: routers set them late, and redirects lead on. It is until it leaves. */
  let viewed: TrackedEvent | undefined;
  let consent: Consent | undefined;
  /** Truthy where what is stored outlives the page. */
  let durable: unknown;
  let session: Session | undefined;
  let user_id: string | false | null | undefined;
  /** The page that was viewed last; none where it is empty. */
  let page = '';
  /** The campaign that the page's URL names, until a session has it. */
  let utm: Utm = {};
  let engagedMs = 0;
  let activeSince: number | false = 0;
  /** The page of this origin that the tab is about to show. */
  let nextPage: unknown;
  /** Truthy in an app of one page: its views follow each other without a new document. */
  let isApp: unknown;
  /** 2 where the visitor has clicked since the last view, 1 where the last view is what a click led to. */
  let lastInput = 0;
  /** Truthy once the visitor has done anything on this page. What a script does is no visitor's. */
  let acted: unknown;

  const readTitle = () => readDocument('title').slice(0, MAX_TITLE_CHARS);

  const change = (fields: object) => {
    if (viewed) changeEvent(viewed, fields, session?._wire.session_id as string, options);
  };

  /** The view is final: it leaves, or another begins. */
  const finishView = () => {
    change({ page_title: readTitle() });
    viewed = undefined;
  };

  /** Until a document has loaded, and its app has given it a title, a slow device has not shown yet what it is. */
  const isUnsure = () =>
    viewed &&
    (!readTitle() || readDocument('readyState') !== 'complete') &&
    Date.now() - viewed.timestamp < MAX_UNSURE_MS;

  /**
   * What the visitor has chosen is read anew each time: it may have been in another tab. What is chosen now (`to`) is kept.
   * @returns whether anything may be recorded and sent
   */
  const applyConsent = (to?: unknown) => {
    const chosen =
      toConsent(
        to ||
          (newestChoice([storage._read(choice), ...(storage._isDurable ? readChoices(options) : '')]) ??
            consent ??
            options.consent ??
            'granted'),
      ) || 'denied';
    const applies =
      chosen === 'granted' &&
      (+(navigator.doNotTrack as string) || (navigator as PrivateNavigator).globalPrivacyControl)
        ? 'anonymous'
        : chosen;
    if (to || applies !== consent) {
      consent = applies;
      if (applies !== 'granted') {
        [name, ...storage._list(`${name}:`)].map(storage._remove);
        // Nothing leads from what was stored to what comes: another session begins, with another view.
        if (durable) {
          session = viewed = undefined;
          page = '';
        }
        if (applies === 'denied') {
          user_id = undefined;
          forgetWaiting();
        }
      }
      // After what is removed: where storage was full, there is room now.
      if (to) storage._write(choice, readTimeLeft() + chosen, true);
      durable = storage._isDurable && applies === 'granted';
      debugLog('has this consent', consent, durable ? 'and storage' : 'and no storage');
      flush();
      countNewView();
    }
    return applies !== 'denied';
  };

  const [add, flush, forgetWaiting, guard] = createDelivery(
    options,
    storage,
    `${name}:`,
    applyConsent,
    finishView,
    isUnsure,
  );

  const begin = (now: number) => {
    const referrer = readDocument('referrer');
    session = {
      _wire: {
        session_id: newId(),
        entry_page: page || readPage(options),
        referrer: referrer.startsWith(`${location.origin}/`) ? undefined : toAddress(referrer),
        utm,
      },
      _context: readContext(),
      _visitor: session?._visitor || newId(),
      _start: now,
      _last: now,
      _pages: [],
      _conversions: [],
    };
    debugLog('begins a session', session);
    // Where storage is full, the next page won't know of this session.
    storage._write(name, session);
    durable &&= storage._read(name);
  };

  /** @param passive says what was: it neither begins nor prolongs a session */
  const record = (event_type: string, fields: object, passive?: unknown, count?: Count, of?: string) => {
    if (!applyConsent()) return debugLog('records nothing without consent', event_type);
    const now = Date.now();
    // As all tabs know it.
    session = storage._read<Session>(name) || session;
    // A clock that was ahead, and is set right, has made it begin in the future.
    if (session) session._start = Math.min(session._start, now);
    const goesOn = session && !isOver(session, now, utm);
    // Every session has a view numbered 1, also the one that begins with a click on a page left open.
    if (!goesOn && !passive) page && event_type !== 'page_view' ? view() : begin(now);
    // There is nothing that it could be a part of.
    if (!session) return;
    utm = {};
    session._acted ||= acted;
    const at = page || readPage(options);
    const raw = {
      event_id: newId(),
      event_type,
      timestamp: now,
      page_url: at ? location.origin + at : undefined,
      gap_ms: goesOn ? Math.max(0, now - session._last) : 0,
      ...fields,
      ...(count && (durable ? count(session, of as string) : { view: 0, nth: 0 })),
      engaged: engage(session, fields),
    };
    const event = filterEvent(raw, session._wire.session_id, options);
    debugLog(event ? 'records' : 'leaves out', event_type, fields);
    if (event) {
      add(
        event,
        {
          session: session._wire,
          context: session._context,
          visitor_id: durable ? session._visitor : undefined,
          user_id: (consent === 'granted' && user_id) || undefined,
        },
        flushDelayMs(options, !!count, durable && !isApp && event.event_type === 'click'),
      );
    }
    // Of an event that is left out, or can't be kept, the session knows nothing: no ordinal, and no moment that gaps are counted from.
    if (event !== undefined) {
      if (goesOn) session._last = now;
      storage._write(name, session);
    }
    return event || undefined;
  };

  const view = () => {
    finishView();
    leave();
    isApp ||= page;
    page = readPage(options);
    lastInput >>= 1;
    viewed = record('page_view', { page_title: readTitle() }, 0, countView, page);
    // From now on: time that began before the view would add up to more than passed since.
    takeEngaged();
  };

  /** Counts a view where there is one to count. A tab opened in the background, or a prerendered page, is not viewed yet. */
  const countNewView = (how?: string | null) => {
    const to = readPage(options);
    if (readDocument('hidden') || to === page || !applyConsent())
      debugLog('counts no view: no consent, not seen yet, or counted before', page);
    else if (viewed && session && (how === 'replace' || (lastInput === 1 && how === 'push'))) {
      // Nobody has seen the route that has led on to this one: a guard's, that asks to sign in first.
      const { _wire: wire, _pages: pages } = session;
      if (wire.entry_page === page) wire.entry_page = to;
      pages[0] = to;
      change({ page_url: location.origin + to, first_on_page: !pages.includes(to, 1) });
      page = to;
      storage._write(name, session);
    } else view();
  };

  const clock = (stopped?: boolean) => {
    const now = Date.now();
    if (activeSince) engagedMs += Math.min(now - activeSince, SESSION_TIMEOUT_MS);
    activeSince = !stopped && !readDocument('hidden') && readDocument('hasFocus').call(document) && now;
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
    if (page && engaged_ms > 0) record('page_exit', { engaged_ms, ...exit }, 1);
  };

  guard(() => {
    readUtm(location.search, utm);
    // First of all: whatever a page has done to what follows, nothing is recorded that the visitor does not want.
    applyConsent();
    watchPage(
      guard((event) => {
        const type = event.type;
        // Clicks, keys, pointers and wheels.
        const isInput = /k|er|ee/.test(type);
        acted ||= isInput && event.isTrusted;
        if (/click/.test(type)) {
          const path = elementsOf(event);
          // A script may send one to the document. The right button opens a menu.
          if (path[0] && !((event as MouseEvent).button > 1) && !isSameAct(event as MouseEvent, path))
            record('click', describeTarget(path));
          lastInput = 2;
        } else if (!isInput) {
          // Until the page is shown again, all that is told is of the same leaving.
          nextPage = type !== 'pageshow' && (nextPage || (event as PageSwapEvent).activation);
          if (type === 'pagehide' || readDocument('hidden')) {
            leave(true);
            flush(durable && nextPage);
            return;
          }
          clock();
          // Back from the back/forward cache it is viewed anew; and meanwhile the visitor may have chosen otherwise.
          if ((event as PageTransitionEvent).persisted) page = '';
          countNewView();
          if (type === 'online') flush();
        }
      }),
    );
    install(options, guard, (event_type, fields) => record(event_type, fields, 1), applyConsent, takeEngaged);
    watchNavigation(guard(countNewView));
  })();

  return {
    track: guard((name: string, props?: object) => record('custom', { name, props })),
    conversion: guard((conversion_type: string, details?: ConversionDetails) =>
      record('conversion', { conversion_type, ...details }, 0, countConversion, conversion_type),
    ),
    identify: guard((id) => {
      user_id = applyConsent() && id && `${id}`.slice(0, MAX_USER_ID_CHARS);
    }),
    page: guard(view),
    consent: guard((to) => applyConsent(to || 'denied')),
  };
};
