/**
 * Keeps every event until the collector says that it is stored.
 *
 * Each batch is one entry of the shelf, written by its tab alone, so that tabs can't overwrite each other's. `sent_at`
 * doubles as a lease: a batch that nobody has tried for a while belongs to whoever finds it. Two tabs may still send the
 * same one; its name makes that harmless.
 */
import { MAX_EVENTS_PER_BATCH } from '@liveinsight/schema/limits';
import { readContext } from './context.js';
import { explain, makeRoom } from './extras.js';
import type { Guard } from './guard.js';
import type { TrackedEvent, TrackerOptions } from './options.js';
import { isRefusal, retryDelayMs } from './retry.js';
import type { Shelf } from './storage.js';
import { post } from './transport.js';
import type { Batches, Dropped, Sender, WireBatch } from './wire.js';

/** Bytes of keepalive requests in flight that browsers allow a page: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const KEEPALIVE_BYTES = 65536;
/** Bytes in flight beyond which the rest waits. */
const MAX_FLYING_BYTES = 2e5;
/** Milliseconds after which a try without an answer counts as lost. */
const LEASE_MS = 1e4;
/** Characters of JSON that fill a batch: four fit into the browser's quota. */
const MAX_BATCH_CHARS = 15e3;

export interface Delivery {
  _add(event: TrackedEvent, sender: Sender, delayMs: number): void;
  /** Sends what waits, even during a pause. */
  _pump(): void;
  /** Lets nothing more into the open batch; `forgets` also all that waits in this page. */
  _seal(forgets?: boolean): void;
  /** Makes a function that never throws, but counts. */
  _guard: Guard;
}

/** @param prefix of the batches' keys */
export const createDelivery = (options: TrackerOptions, shelf: Shelf, prefix: string): Delivery => {
  const ours: Batches = {};
  let open: WireBatch | undefined;
  let dropped: Dropped | undefined;
  let flyingBytes = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;
  let wakeAfterMs = Infinity;

  const drop = (reason: string, count: number) => {
    dropped = { ...dropped, [reason]: (dropped?.[reason] || 0) + count };
    explain('gave up events', reason, count);
  };

  const guard: Guard =
    (run) =>
    (...args) => {
      try {
        run(...args);
      } catch (error) {
        explain('failed', error);
        drop('client_error', 1);
      }
    };

  const wake = (afterMs: number) => {
    if (afterMs < wakeAfterMs) {
      clearTimeout(timer);
      wakeAfterMs = afterMs;
      timer = setTimeout(pump, afterMs);
    }
  };

  const keep = (key: string, batch: WireBatch) => {
    ours[key] = batch;
    return shelf._write(key, batch);
  };

  const forget = (key: string) => {
    delete ours[key];
    shelf._remove(key);
  };

  const pump = guard(() => {
    wakeAfterMs = Infinity;
    for (const key of shelf._list()) {
      if (key in ours) continue;
      const batch = shelf._read<WireBatch>(key);
      if (batch && Math.abs(Date.now() - batch.sent_at) < LEASE_MS) wake(LEASE_MS);
      else ours[key] = batch;
    }
    for (const key in ours) {
      if (ours[key] && flyingBytes < MAX_FLYING_BYTES) send(key, ours[key]);
    }
  });

  const send = (key: string, batch: WireBatch) => {
    if (batch === open) open = undefined;
    batch.sent_at = Date.now();
    const body = keep(key, batch);
    const bytes = new Blob([body]).size;
    ours[key] = null;
    flyingBytes += bytes;
    explain('sends', batch);
    post(
      options.endpoint as string,
      body,
      flyingBytes <= KEEPALIVE_BYTES,
      guard((status, retryAfter, data) => {
        flyingBytes -= bytes;
        explain('was answered', status, data);
        const refused = isRefusal(status);
        // A captive portal says 200 to everything: only a collector's own words are believed.
        if (refused || (data && status < 300)) {
          failures = 0;
          forget(key);
          if (refused) drop(`http_${status}`, batch.events.length);
          for (const { code } of data?.rejected || []) drop(code, 1);
          pump();
        } else {
          if (key in ours) ours[key] = batch;
          wakeAfterMs = Infinity;
          wake(retryDelayMs(failures++, retryAfter, Math.random()));
          // Nothing but leaving and coming online shortens this pause.
          wakeAfterMs = 0;
        }
      }),
    );
  };

  return {
    _add(event, sender, delayMs) {
      const json = JSON.stringify(event);
      // What may be too large for the collector travels alone.
      if (open?.session.session_id !== sender.session.session_id || json.length > MAX_BATCH_CHARS) {
        makeRoom(ours, drop, keep, forget);
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
      const chars = keep(prefix + open.batch, open).length;
      if (open.events.length >= MAX_EVENTS_PER_BATCH || chars > MAX_BATCH_CHARS) {
        open = undefined;
        wake(0);
      } else wake(delayMs);
    },
    _pump: pump,
    _seal(forgets) {
      open = undefined;
      if (forgets) for (const key in ours) delete ours[key];
    },
    _guard: guard,
  };
};
