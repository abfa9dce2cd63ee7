/**
 * Keeps every event until the collector says that it is stored.
 *
 * Each batch is one entry of the shelf, written by its tab alone, so that tabs can't overwrite each other's. `sent_at`
 * doubles as a lease: a batch that nobody has tried for a while belongs to whoever finds it. Two tabs may still send the
 * same one; its name makes that harmless.
 */
import { readContext } from './context.js';
import { explain } from './explain.js';
import { mostChars, mostEvents } from './extras.js';
import type { Guard } from './guard.js';
import type { TrackedEvent, TrackerOptions } from './options.js';
import { retryDelayMs } from './retry.js';
import type { Shelf } from './storage.js';
import { post } from './transport.js';
import type { Batches, Dropped, Sender, WireBatch } from './wire.js';

/** Batches that are sent in one go. More follow when one is answered. */
const MOST_AT_ONCE = 16;
/** Batches of those that outlive the page. */
const MOST_KEPT_ALIVE = 4;
/** Milliseconds after which a try without an answer counts as lost. */
const LEASE_MS = 1e4;
/** Batches that may wait whole, at 15,000 characters. Older ones keep what the numbers need most. */
const MOST_WHOLE_BATCHES = 30;
/** Batches that may wait at all. */
const MOST_BATCHES = 60;
/** Sooner than any delay: while this is what the next waking was set by, nothing brings it forward. */
const PAUSE = -1;

export type Delivery = [
  add: (event: TrackedEvent, sender: Sender, delayMs: number) => void,
  /** Sends what waits, even during a pause. What comes after goes into another batch. */
  pump: () => void,
  /** Gives up, uncounted, what waits in this page. */
  forget: () => void,
  /** Makes a function that never throws, but counts. */
  guard: Guard,
];

/** @param prefix of the batches' keys */
export const createDelivery = (
  options: TrackerOptions,
  [read, write, remove, list]: Shelf,
  prefix: string,
): Delivery => {
  let ours: Batches = {};
  let open: WireBatch | undefined;
  let dropped: Dropped | undefined;
  /** Characters of the open batch. */
  let chars = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;
  let wakeAfterMs = Infinity;

  const drop = (reason: string, count = 1) => {
    dropped ||= {};
    dropped[reason] = (dropped[reason] || 0) + count;
    explain('gave up events', reason, count);
  };

  const guard: Guard =
    (run) =>
    async (...args) => {
      try {
        await run(...args);
      } catch (error) {
        explain('failed', error);
        drop('client_error');
      }
    };

  const wake = (afterMs: number, as = afterMs) => {
    if (as < wakeAfterMs) {
      wakeAfterMs = as;
      clearTimeout(timer);
      timer = setTimeout(pump, afterMs);
    }
  };

  const keep = (key: string, batch: WireBatch) => {
    ours[key] = batch;
    return write(key, batch);
  };

  const forget = (key: string) => {
    delete ours[key];
    remove(key);
  };

  /**
   * Sends what is neither in flight nor still being filled. Only as much is kept alive as browsers allow, and that last: what
   * queues longest, for one of six connections, needs it most, and what they refuse is told too late to send it otherwise.
   */
  const drain = () => {
    Object.keys(ours)
      .filter((key) => ours[key] && ours[key] !== open)
      .slice(0, MOST_AT_ONCE)
      .map((key, at, keys) => send(key, ours[key] as WireBatch, !keys[at + MOST_KEPT_ALIVE]));
  };

  const pump = guard(() => {
    wakeAfterMs = Infinity;
    for (const key of list(prefix)) {
      if (!(key in ours)) {
        const batch = read<WireBatch>(key);
        if (batch && Math.abs(Date.now() - batch.sent_at) < LEASE_MS) wake(LEASE_MS);
        else ours[key] = batch;
      }
    }
    open = undefined;
    drain();
  });

  const send = guard(async (key: string, batch: WireBatch, keepalive: boolean) => {
    batch.sent_at = Date.now();
    const body = keep(key, batch);
    ours[key] = null;
    explain('sends', batch);
    let response: Response | undefined;
    let rejected: { code: string }[] | undefined;
    try {
      response = await post(options.endpoint as string, body, keepalive);
      rejected = (await response.json()).data.rejected;
    } catch {}
    explain('was answered', response?.status, rejected);
    // The same would be refused again. 408 Request Timeout and 429 Too Many Requests pass.
    const refused = /^4(?!08|29)/.test(response?.status as unknown as string);
    // A captive portal says 200 to everything: only a collector's own words are believed.
    if (refused || (rejected && (response as Response).ok)) {
      failures = 0;
      forget(key);
      for (const { code } of rejected || batch.events) drop((code as string) || `http_${response?.status}`);
      drain();
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
    const batch = newer >= MOST_WHOLE_BATCHES && ours[key];
    if (!batch) return;
    batch.events = batch.events.filter(
      (event) => (newer < MOST_BATCHES && /view|conv/.test(event.event_type)) || drop('queue_full'),
    );
    if (batch.events[0]) keep(key, batch);
    else {
      forget(key);
      // What it had to report of earlier ones is reported by the next.
      for (const reason in batch.dropped) drop(reason, batch.dropped[reason]);
    }
  };

  const add: Delivery[0] = (event, sender, delayMs) => {
    const json = JSON.stringify(event);
    const full =
      open && (open.events.length >= mostEvents(options) || chars + json.length > mostChars(options));
    if (full || open?.session.session_id !== sender.session.session_id) {
      Object.keys(ours).reverse().map(makeRoom);
      open = {
        v: 1,
        site: options.site,
        batch: event.event_id,
        ...sender,
        context: readContext(),
        sent_at: event.timestamp,
        dropped,
        events: [],
      };
      dropped = undefined;
    }
    open.events.push(JSON.parse(json));
    chars = keep(prefix + open.batch, open).length;
    wake(full ? 0 : delayMs);
  };

  const forgetAll = () => {
    ours = {};
  };

  return [add, pump, forgetAll, guard];
};
