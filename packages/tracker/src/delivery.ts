/**
 * Keeps every event until the collector says that it is stored.
 *
 * Each batch is one entry of the shelf, written by its tab alone, so that tabs can't overwrite each other's. `sent_at`
 * doubles as a lease: a batch that nobody has tried for a while belongs to whoever finds it. Two tabs may still send the
 * same one; its name makes that harmless.
 */
import { readContext } from './context.js';
import type { TrackedEvent, TrackerOptions } from './options.js';
import { halves, trim } from './queue.js';
import { judge, retryDelayMs } from './retry.js';
import type { Shelf } from './storage.js';
import { post } from './transport.js';
import type { Dropped, Sender, WireBatch } from './wire.js';

/** Bytes of keepalive requests in flight that browsers allow a page: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const KEEPALIVE_BYTES = 65536;
/** Chromium allows nine keepalive requests at once. */
const MAX_FLIGHTS = 8;
/** Milliseconds after which a try without an answer counts as lost. */
const LEASE_MS = 1e4;
/** Milliseconds that a pause after failures can last at the most. */
const LONGEST_PAUSE_MS = 36e5;
/** Characters that may wait on the device. */
const MAX_QUEUE_CHARS = 1e6;

export interface Delivery {
  _add(event: TrackedEvent, sender: Sender, delayMs: number): void;
  _drop(reason: string, count: number): void;
  /** Sends what is due; on leaving, whatever can be sent. */
  _pump(leaving?: boolean): void;
  /** Forgets all that waits in this tab. */
  _clear(): void;
}

export const createDelivery = (options: TrackerOptions, shelf: Shelf): Delivery => {
  /** This tab's batches by key. */
  const queue = new Map<string, WireBatch>();
  /** Until when the answer to a batch is waited for. */
  const flying = new Map<string, number>();
  let open: WireBatch | undefined;
  let openChars = 0;
  let flights = 0;
  let keepaliveBytes = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout>;
  let wakeAt = Infinity;

  const wake = (afterMs: number) => {
    const at = Date.now() + afterMs;
    if (at < wakeAt) {
      clearTimeout(timer);
      wakeAt = at;
      timer = setTimeout(pump, afterMs);
    }
  };

  const keep = (key: string, batch: WireBatch): string => {
    queue.set(key, batch);
    return shelf._write(key, batch);
  };

  const forget = (key: string) => {
    queue.delete(key);
    shelf._remove(key);
  };

  const drop = (reason: string, count: number) => {
    const dropped = shelf._read<Dropped>('dropped') || {};
    dropped[reason] = (dropped[reason] || 0) + count;
    shelf._write('dropped', dropped);
  };

  /** Takes over what other tabs, or earlier pages, have left behind. */
  const adopt = (now: number) => {
    for (const key of shelf._keys()) {
      const batch = key[0] === 'q' && !queue.has(key) && shelf._read<WireBatch>(key);
      if (batch) {
        if (Math.abs(now - batch.sent_at) > LEASE_MS) queue.set(key, batch);
        wake(LEASE_MS);
      }
    }
  };

  const pump = (leaving?: boolean) => {
    wakeAt = Infinity;
    const now = Date.now();
    adopt(now);
    const pause = (shelf._read<number>('wait') || 0) - now;
    if (pause > 0 && pause < LONGEST_PAUSE_MS && !leaving) wake(pause);
    else {
      for (const [key, batch] of [...queue].sort()) {
        if ((flying.get(key) || 0) < now) send(key, batch, now);
      }
    }
  };

  const send = async (key: string, batch: WireBatch, now: number) => {
    wake(LEASE_MS);
    if (flights >= MAX_FLIGHTS) return;
    if (batch === open) open = undefined;
    batch.sent_at = now;
    flying.set(key, now + LEASE_MS);
    const body = keep(key, batch);
    const bytes = new Blob([body]).size;
    const keepalive = keepaliveBytes + bytes <= KEEPALIVE_BYTES;
    flights++;
    if (keepalive) keepaliveBytes += bytes;
    const { _status, _retryAfterSeconds, _data } = await post(
      options.endpoint || '/api/events',
      body,
      keepalive,
    );
    flights--;
    if (keepalive) keepaliveBytes -= bytes;
    flying.delete(key);
    const verdict = judge(_status, !!_data, batch.events.length);
    if (verdict === 'again') {
      const delay = retryDelayMs(failures++, _retryAfterSeconds, Math.random());
      shelf._write('wait', Date.now() + delay);
    } else {
      failures = 0;
      shelf._remove('wait');
      forget(key);
      if (verdict === 'split') for (const [half, name] of halves(batch)) keep(`q${name}`, half);
      if (verdict === 'refused') drop(`http_${_status}`, batch.events.length);
      for (const { code } of _data?.rejected || []) drop(code, 1);
    }
    pump();
  };

  const makeRoom = () => {
    const excess = shelf
      ._keys()
      .reduce((sum, key) => sum + JSON.stringify(shelf._read(key) || '').length, -MAX_QUEUE_CHARS);
    if (excess > 0) {
      drop('queue_full', trim([...queue.values()], excess));
      for (const [key, batch] of queue) batch.events[0] ? keep(key, batch) : forget(key);
    }
  };

  const openBatch = (event: TrackedEvent, sender: Sender): WireBatch => {
    makeRoom();
    const dropped = shelf._read<Dropped>('dropped');
    shelf._remove('dropped');
    openChars = 0;
    return {
      v: 1,
      site: options.site,
      batch: event.event_id,
      ...sender,
      context: readContext(),
      sent_at: event.timestamp,
      dropped,
      events: [],
    };
  };

  addEventListener('online', () => {
    shelf._remove('wait');
    pump();
  });

  return {
    _drop: drop,
    _pump: pump,
    _clear() {
      queue.clear();
      open = undefined;
    },
    _add(event, sender, delayMs) {
      const json = JSON.stringify(event);
      if (
        open?.session.session_id !== sender.session.session_id ||
        open.user_id !== sender.user_id ||
        open.visitor_id !== sender.visitor_id
      ) {
        open = openBatch(event, sender);
      }
      open.events.push(JSON.parse(json));
      openChars += json.length;
      keep(`q${open.batch}`, open);
      if (
        open.events.length >= (options.maxBatchEvents || 50) ||
        openChars > (options.maxBatchChars || 15e3)
      ) {
        open = undefined;
        pump();
      } else wake(delayMs);
    },
  };
};
