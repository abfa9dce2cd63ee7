/**
 * Keeps every event until the collector says that it is stored.
 *
 * Each batch is one entry of the storage, written by its tab alone, so that tabs can't overwrite each other's. `sent_at`
 * doubles as a lease: a batch that nobody has tried for a while belongs to whoever finds it. Two tabs may still send the
 * same one; its name makes that harmless. Events are added to an open batch until half a lease after it, and never later.
 *
 * Where the tab's next page is of the same origin, clicks and exits wait for it: the tab's own storage names their batch.
 */
import { forgetCookies } from './cookies.js';
import { debugLog } from './debug-log.js';
import { describePages, mostChars, mostEvents } from './features-core.js';
import type { Guard } from './guard.js';
import type { TrackedEvent, TrackerOptions } from './options.js';
import { retryDelayMs } from './retry.js';
import type { TrackerStorage } from './storage.js';
import type { Batches, Dropped, Sender, WireBatch } from './wire.js';

/** Batches that are sent in one go. More follow when one is answered. */
const MAX_AT_ONCE = 16;
/** Batches of those that outlive the page. */
const MAX_KEPT_ALIVE = 4;
/** Milliseconds after which a try without an answer counts as lost; and those that a next page has to take over what is left to it. */
const LEASE_MS = 1e4;
const HALF_LEASE_MS = 5e3;
/** Batches that may wait whole, at 12,000 characters. Older ones keep what the numbers need most. */
const MAX_WHOLE_BATCHES = 30;
/** Batches that may wait at all. */
const MAX_BATCHES = 60;
/** Characters, at three bytes each, that a request can hold: the largest event that is valid, beside a batch that is nearly full. */
const MAX_CHARS = 87e3;
/** Said by the timer alone, which names no next page: nothing else may wait. */
const ON_TIME = '';
/** Milliseconds after which what is unsure is looked at again. */
const UNSURE_MS = 500;
/** Sooner than any delay: while this is what the next waking was set by, nothing brings it forward. */
const PAUSE = -1;

export type Delivery = [
  add: (event: TrackedEvent, sender: Sender, delayMs: number) => void,
  /** Sends what waits, even during a pause, but leaves clicks and exits to a next page of this tab. What comes after goes into another. */
  pump: (toNextPage?: unknown) => void,
  /** Gives up, uncounted, what waits in this page. */
  forget: () => void,
  /** Makes a function that never throws, but counts. */
  guard: Guard,
];

/**
 * @param prefix of the batches' keys
 * @param maySend whether the visitor agrees: asked before each sending
 * @param onClose called before the open batch is closed, the last moment to change what is in it
 * @param isUnsure whether what is in it will change: asked when its time has come
 */
export const createDelivery = (
  options: TrackerOptions,
  storage: TrackerStorage,
  prefix: string,
  maySend: () => boolean,
  onClose: () => void,
  isUnsure: () => unknown,
): Delivery => {
  let ours: Batches = {};
  let open: WireBatch | 0 | undefined;
  /** What is told with the next batch. */
  let rest: { dropped?: Dropped | undefined } = {};
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;
  let wakeAfterMs = Infinity;

  const drop = (reason: string, count = 1) => {
    const batch = open || rest;
    batch.dropped ||= {};
    batch.dropped[reason] = (batch.dropped[reason] || 0) + count;
    debugLog('gave up events', reason, count);
  };

  const guard: Guard =
    (run) =>
    async (...args) => {
      try {
        await run(...args);
      } catch (error) {
        debugLog('failed', error);
        drop('client_error');
      }
      // After an `await`, when the page's task has ended.
      forgetCookies();
    };

  const wake = (afterMs: number, as = afterMs) => {
    if (as < wakeAfterMs) {
      wakeAfterMs = as;
      clearTimeout(timer);
      timer = setTimeout(flush, afterMs, ON_TIME);
    }
  };

  const keep = (batch: WireBatch) => {
    const key = prefix + batch.batch;
    ours[key] = batch;
    return storage._write(key, batch);
  };

  const forget = (key: string) => {
    delete ours[key];
    storage._remove(key);
  };

  /**
   * Sends what is neither in flight nor still being filled. Only as much is kept alive as browsers allow, and that last: what
   * queues longest, for one of six connections, needs it most, and what they refuse is told too late to send it otherwise.
   */
  const sendWaiting = () => {
    if (!maySend()) return;
    Object.keys(ours)
      .filter((key) => ours[key] && ours[key] !== open)
      .slice(0, MAX_AT_ONCE)
      .map((key, at, keys) => send(key, ours[key] as WireBatch, keys[at + MAX_KEPT_ALIVE]));
  };

  const close = (toNextPage?: unknown) => {
    onClose();
    // Views, conversions and custom events are sent now: the next page may have no tracker.
    if (toNextPage && open && !open.events.some(({ event_type }) => /view|conv|cust/.test(event_type))) {
      const key = prefix + open.batch;
      open.sent_at = Date.now() + HALF_LEASE_MS;
      keep(open);
      // Where either storage is full, it is sent.
      try {
        sessionStorage[prefix] = key;
        if (storage._read(key)) delete ours[key];
      } catch {}
    }
    open = undefined;
  };

  const flush = guard((toNextPage?: unknown) => {
    wakeAfterMs = Infinity;
    if (toNextPage === ON_TIME && isUnsure()) return wake(UNSURE_MS);
    for (const key of storage._list(prefix)) {
      if (!(key in ours)) {
        const batch = storage._read<WireBatch>(key);
        // From a minute before it, which events wait at the most, until a lease after it; else a clock has been set back.
        if (batch && Math.abs(Date.now() - batch.sent_at + 25e3) < 35e3) wake(LEASE_MS);
        else ours[key] = batch;
      }
    }
    close(toNextPage);
    sendWaiting();
  });

  const send = guard(async (key: string, batch: WireBatch, isShort: unknown) => {
    batch.sent_at = Date.now();
    const body = keep(batch);
    ours[key] = null;
    debugLog('sends', batch);
    // A text needs no CORS preflight. Browsers refuse to keep alive more than 64 KiB, which all scripts of the page share: what is refused
    // goes as an ordinary request. What fails again is not sent twice each time: a blocker or a policy may forbid it.
    // https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
    const post = (isShort: unknown) =>
      fetch(options.endpoint as string, { method: 'POST', body, keepalive: !isShort });
    let response: Response | undefined;
    let rejected: { code: string }[] | undefined;
    try {
      // What is no function catches nothing, and an error is a reason not to keep alive.
      response = await post(isShort).catch((failures || post) as typeof post);
      rejected = (await response.json()).data.rejected;
    } catch {}
    debugLog('was answered', response?.status, rejected);
    // The same would be refused again. 408 Request Timeout and 429 Too Many Requests pass.
    const refused = /^4(?!08|29)/.test(response?.status as unknown as string);
    // A captive portal says 200 to everything: only a collector's own words are believed.
    if (refused || (rejected && (response as Response).ok)) {
      failures = 0;
      forget(key);
      for (const { code } of rejected || batch.events) drop((code as string) || `http_${response?.status}`);
      sendWaiting();
    } else {
      if (key in ours) ours[key] = batch;
      // Nothing but leaving and coming online shortens this pause. Up to as much again at random, so that devices do not come back
      // all at once.
      if (wakeAfterMs > PAUSE)
        wake(retryDelayMs(failures++, response?.headers.get('Retry-After')) * (1 + Math.random()), PAUSE);
    }
  });

  /** Gives up the oldest events where more would be too many: first those that numbers can best do without. */
  const makeRoom = (key: string, newer: number) => {
    const batch = newer >= MAX_WHOLE_BATCHES && ours[key];
    if (!batch) return;
    batch.events = batch.events.filter(
      (event) => (newer < MAX_BATCHES && /view|conv/.test(event.event_type)) || drop('queue_full'),
    );
    if (batch.events[0]) keep(batch);
    else {
      forget(key);
      // What it had to report of earlier ones is reported by the next.
      for (const reason in batch.dropped) drop(reason, batch.dropped[reason]);
    }
  };

  const add: Delivery[0] = (event, sender, delayMs) => {
    // The first access to sessionStorage takes as long as all else at the start.
    if (!open && storage._isDurable && storage._list(prefix)[0]) {
      // What the tab's page before has left to this one. Where that page is shown again, it may be its own.
      const key = sessionStorage[prefix];
      if (key) {
        delete sessionStorage[prefix];
        ours[key] = open = storage._read<WireBatch>(key);
      }
    }
    if (
      !open ||
      open.session.session_id !== sender.session.session_id ||
      open.user_id !== sender.user_id ||
      open.release !== options.release ||
      open.sent_at + HALF_LEASE_MS < event.timestamp
    ) {
      close();
      Object.keys(ours).reverse().map(makeRoom);
      open = {
        v: 1,
        site: options.site,
        batch: event.event_id,
        ...sender,
        release: options.release,
        ...describePages(options),
        ...rest,
        events: [],
      } as Omit<WireBatch, 'sent_at'> as WireBatch;
      rest = {};
    }
    open.sent_at = event.timestamp + delayMs - HALF_LEASE_MS;
    open.events.push(event);
    let chars = Infinity;
    try {
      chars = keep(open).length;
    } catch {}
    if (chars > MAX_CHARS) {
      // What a page has put in where JSON can't carry that, or a request not hold it.
      drop('field');
      event.props = event.value = undefined;
      keep(open);
    }
    if (chars > mostChars(options) || open.events.length >= mostEvents(options)) {
      close();
      delayMs = 0;
    }
    wake(delayMs);
  };

  const forgetAll = () => {
    ours = {};
    open = undefined;
  };

  return [add, flush, forgetAll, guard];
};
