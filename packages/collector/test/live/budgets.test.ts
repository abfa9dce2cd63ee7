/** What a site's live view holds, whatever strangers send and however long nobody looked. */
import type { RealtimeData } from '@liveinsight/schema';
import { afterEach, describe, expect, it } from 'vitest';
import {
  MAX_LIVE_ARRIVALS_BYTES,
  MAX_LIVE_EVENT_CHARS,
  MAX_LIVE_READ_BYTES,
  MAX_LIVE_RESPONSE_BYTES,
  MAX_LIVE_SEEN_EVENTS,
} from '../../src/budgets.js';
import { ActivityWindow } from '../../src/live/activity-window.js';
import { toFacts } from '../../src/live/facts.js';
import { readNewestFacts } from '../../src/live/read-newest.js';
import { toStreamEvents } from '../../src/live/recent-arrivals.js';
import { createSiteFeed } from '../../src/live/site-feed.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { Arrival } from '../../src/storage/arrival.js';
import type { ArrivalsQuery, Store, StoredBatch } from '../../src/storage/event-store.js';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);
/** Little at rest and on the wire, and as much as an event may have once it is read. */
const props = Object.fromEntries(Array.from({ length: 63 }, (_, at) => [`p${at}`, 'a'.repeat(1_024)]));

const arrivalOf = (number: number, received_at: number, events = 3): Arrival => ({
  site: 'shop',
  session_id: `s${number}`,
  visitor_id: `v${number}`,
  batch: `b${number}`,
  received_at,
  events: Array.from({ length: events }, (_, at) => ({
    event_id: `e${number}-${at}`,
    event_type: 'custom',
    name: 'x',
    timestamp: received_at,
    props,
  })),
});
const smallArrival = (number: number): Arrival => {
  const arrival = arrivalOf(number, NOW, 1);
  return { ...arrival, events: arrival.events.map(({ props: _, ...event }) => event) };
};
const stored = (arrival: Arrival): StoredBatch => ({ ...arrival, expires_at: NOW });
const [site] = createSites({ sites: [{ id: 'shop', retentionDays: 60 }] }).all;
if (!site) throw new Error('there is a site');

/** A store in which so many batches arrived, one a millisecond up to now; and what was read of it. */
function storeOf(batches: number, now = () => NOW) {
  const read = { batches: 0, pages: 0, from: Number.POSITIVE_INFINITY };
  const arrivals = async (query: ArrivalsQuery) => {
    const newest = Math.min(Number(query.after ?? batches), batches);
    const count = Math.min(query.limit, newest, 20);
    read.pages += 1;
    read.batches += count;
    read.from = Math.min(read.from, query.from);
    const page = Array.from({ length: count }, (_, at) =>
      stored(arrivalOf(newest - at, NOW - batches + newest - at)),
    );
    return { batches: page, readUnits: 0, ...(newest > count ? { next: String(newest - count) } : {}) };
  };
  const store = {
    now,
    arrivals,
    rollups: async () => ({ states: [], readUnits: 0 }),
    markedDays: async () => [],
  };
  return { store: store as unknown as Store, read };
}

describe('the live view of batches that are large once they are read', () => {
  it('keeps of each event what is shown, and marks what it left out', () => {
    const { events } = toFacts(arrivalOf(1, NOW));
    for (const { text = '' } of events) {
      expect(text.length).toBeLessThanOrEqual(MAX_LIVE_EVENT_CHARS);
      expect(JSON.parse(text)).toMatchObject({ event_type: 'custom', name: 'x', truncated: true });
    }
  });

  it('keeps as many arrivals for those who come back as its budget has bytes', () => {
    const { arrivals } = new ActivityWindow(false);
    const added = 20_000;
    for (let number = 1; number <= added; number += 1) arrivals.add(toFacts(smallArrival(number)), String);
    const kept = arrivals.from(0);
    const bytes = kept.reduce((sum, { message }) => sum + message.length, 0);
    expect(bytes).toBeLessThanOrEqual(MAX_LIVE_ARRIVALS_BYTES);
    expect(bytes).toBeGreaterThan(MAX_LIVE_ARRIVALS_BYTES / 2);
    expect(kept.at(-1)?.number).toBe(added);
    expect(arrivals.since(added - 3)).toHaveLength(3);
    expect(arrivals.since(1)).toBeUndefined();
    const response = JSON.stringify(toStreamEvents(kept, Number.POSITIVE_INFINITY));
    expect(response.length).toBeLessThanOrEqual(MAX_LIVE_RESPONSE_BYTES);
  });

  it('reads as many as its budget has bytes, and says from when on', async () => {
    const { store, read } = storeOf(2_000);
    const wide = (query: ArrivalsQuery) =>
      store.arrivals(query).then((page) => ({ ...page, batches: page.batches.map(widened) }));
    const widened = (batch: StoredBatch): StoredBatch => ({
      ...batch,
      events: Array.from({ length: 2_000 }, (_, at) => ({
        event_id: `${batch.batch}-${at}`,
        event_type: 'page_view',
        timestamp: 1,
      })),
    });
    const { arrivals, truncatedAt: cutAt } = await readNewestFacts(
      { ...store, arrivals: wide },
      site,
      NOW - MINUTE_MS,
      NOW + 1,
    );
    expect(cutAt).toBe(arrivals[0]?.receivedAt);
    // One page of 20 batches may be the one too many.
    expect(read.batches).toBeLessThan(MAX_LIVE_READ_BYTES / 2_000 / 150 + 21);
  });

  it('remembers so many events, and is an estimate where it has forgotten some', () => {
    const { store } = storeOf(0);
    const watch = createSiteFeed(site, store, false);
    const perBatch = 2_000;
    for (let number = 0; number * perBatch <= MAX_LIVE_SEEN_EVENTS; number += 1) {
      expect(watch.recent.isEstimate(NOW)).toBe(false);
      const events = Array.from({ length: perBatch }, (_, at) => ({
        event_id: `${number}-${at}`,
        event_type: 'page_view' as const,
        timestamp: NOW,
      }));
      watch.publish({ ...arrivalOf(number, NOW), events });
    }
    expect(watch.recent.isEstimate(NOW)).toBe(true);
  });

  it('forgets the quietest sessions beyond its budget, and is an estimate until they would have left', () => {
    const recent = new ActivityWindow(false);
    let added = 0;
    for (; !recent.isEstimate(NOW); added += 1) recent.add(toFacts(smallArrival(added)));
    expect(recent.activeSessions(NOW, 30)).toBe(added - 1);
    expect(added).toBeGreaterThan(10_000);
    expect(recent.isEstimate(NOW + 3 * 60 * MINUTE_MS)).toBe(false);
  });
});

describe('the live view that is opened again after two weeks', () => {
  it('reads no further back than it shows, and is an estimate only as long as that matters', async () => {
    let now = NOW - 15 * DAY_MS;
    const { store, read } = storeOf(10_000, () => now);
    const watch = createSiteFeed(site, store, false);
    await watch.refresh();
    now = NOW;
    read.batches = 0;
    read.from = Number.POSITIVE_INFINITY;
    await watch.refresh();
    expect(read.from).toBeGreaterThanOrEqual(NOW - 100 * MINUTE_MS);
    expect(read.batches).toBeLessThanOrEqual(2_000 + 20);
    expect(watch.recent.isEstimate(now)).toBe(true);
    expect(watch.recent.isEstimate(now + 3 * 60 * MINUTE_MS)).toBe(false);
  });
});

describe('a live view of the API', () => {
  let stack: Stack;
  afterEach(() => stack.close());

  const ask = (path: string) =>
    stack.collector.fetch(new Request(`http://c${path}`, { headers: { 'x-api-key': READ_KEY } }), {
      streams: true,
    });

  it('answers and streams large events truncated, to all readers the same bytes', async () => {
    stack = await startStack();
    const streams = await Promise.all([ask('/api/live'), ask('/api/live')]);
    const readers = streams.map(({ body }) => (body ?? new ReadableStream<Uint8Array>()).getReader());
    for (const reader of readers) await reader.read();
    const events = [1, 2, 3].map((at) => ({ event_type: 'custom', name: 'x', event_id: `e${at}`, props }));
    const sent = await stack.collector.fetch(new Request('http://c/api/events', post({ events })));
    expect(sent.status).toBe(200);
    const [one, other] = await Promise.all(readers.map(async (reader) => (await reader.read()).value));
    expect(one?.length).toBeLessThan(3 * MAX_LIVE_EVENT_CHARS);
    expect(one).toBe(other);
    for (const reader of readers) await reader.cancel();
    const { data } = await readReply<RealtimeData>(await ask('/api/realtime'));
    expect(data.events).toHaveLength(3);
    for (const event of data.events) expect(event).toMatchObject({ name: 'x', truncated: true });
  });
});
