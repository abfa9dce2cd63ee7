import { type Collector, createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import type { RealtimeData, StatsData } from '@liveinsight/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LIVE_QUEUE_BYTES } from '../../src/budgets.js';
import type { Store } from '../../src/storage/event-store.js';
import { post, READ_KEY, readReply, SECRET } from '../stack.js';

/** A minute of a site with 1,000 events a second. */
const EVENTS = 60_000;
const PER_BATCH = 50;
const AT_ONCE = 50;
/** Batches between two readings. */
const READ_EVERY = 200;
const AUTH = { authorization: `Bearer ${READ_KEY}` };
/** What one look at the newest arrivals reads of a shard. */
const MAX_BATCHES_READ = 2_000;

describe('a site that is busy', () => {
  let dynalite: Dynalite;
  let writer: Collector;
  let reader: Collector;
  /** Of the reader's store. */
  let mostRead = 0;
  let hold: Promise<void> | undefined;

  beforeEach(async () => {
    mostRead = 0;
    hold = undefined;
    dynalite = await startDynalite();
    await createTables({ endpoint: dynalite.endpoint });
    const open = (store: Store) =>
      createCollector({
        store,
        secret: SECRET,
        sites: [{ id: 'shop' }],
        readKeys: [READ_KEY],
        rollUpEverySeconds: 0,
      });
    writer = open(held(dynamoStore({ endpoint: dynalite.endpoint })));
    reader = open(counted(dynamoStore({ endpoint: dynalite.endpoint })));
  });
  afterEach(async () => {
    await Promise.all([writer.close(), reader.close()]);
    await dynalite.close();
  });

  /** Reads wait for as long as a test holds them. */
  const held = (store: Store): Store => ({
    ...store,
    arrivals: async (query) => {
      await hold;
      return store.arrivals(query);
    },
    rollups: async (...args) => {
      await hold;
      return store.rollups(...args);
    },
    newest: async (...args) => {
      await hold;
      return store.newest(...args);
    },
  });
  const counted = (store: Store): Store => ({
    ...store,
    arrivals: async (query) => {
      const page = await store.arrivals(query);
      mostRead = Math.max(mostRead, page.batches.length);
      return page;
    },
  });

  const ask = (of: Collector, path: string) =>
    of.fetch(new Request(`http://c${path}`, { headers: AUTH }), { streams: true });

  /** Sends so many events, and resolves with how many were stored; `nowAndThen` is called at every so many batches. */
  async function send(events: number, nowAndThen = () => {}): Promise<number> {
    let [next, stored] = [0, 0];
    const worker = async () => {
      for (let number = next++; number * PER_BATCH < events; number = next++) {
        if (number % READ_EVERY === 0) nowAndThen();
        const batch = {
          v: 1,
          site: 'shop',
          batch: `e${number}-0`,
          session: { session_id: `s${number}` },
          visitor_id: `v${number}`,
          events: Array.from({ length: PER_BATCH }, (_, at) => ({
            event_id: `e${number}-${at}`,
            event_type: 'page_view',
            page_url: `https://shop.example/${at}`,
          })),
        };
        const request = new Request('http://c/api/events', post(batch));
        const { data } = await readReply(await writer.fetch(request));
        stored += data.accepted;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return stored;
  }

  it('is read meanwhile, at another collector, within bounds; a reader that does not keep up is let go', async () => {
    const stalled = await ask(writer, '/api/live?site=shop');
    let answered = 0;
    const read = async () => {
      for (const path of ['/api/realtime?site=shop', '/api/stats?site=shop&from=30m&interval=5m']) {
        expect((await ask(reader, path)).status).toBe(200);
        answered += 1;
      }
    };
    let reading = Promise.resolve();
    const readNow = () => {
      reading = reading.then(read);
    };
    expect(await send(EVENTS, readNow)).toBe(EVENTS);
    await reading;
    expect(answered).toBe((2 * EVENTS) / PER_BATCH / READ_EVERY);
    expect(mostRead).toBeLessThanOrEqual(MAX_BATCHES_READ);

    let bytes = 0;
    // It ends by itself: what it has missed is told to whoever comes back with the last id.
    for await (const chunk of stalled.body ?? []) {
      expect(chunk.length).toBeGreaterThan(0);
      bytes += chunk.length;
    }
    expect(bytes).toBeLessThanOrEqual(MAX_LIVE_QUEUE_BYTES);

    const { data: now } = await readReply<RealtimeData>(await ask(reader, '/api/realtime?site=shop'));
    expect(now.active_sessions.last_5_minutes).toBe(EVENTS / PER_BATCH);
    const stats = await readReply<StatsData>(await ask(reader, '/api/stats?site=shop&from=30m&interval=5m'));
    expect(stats.data.totals.events).toBe(EVENTS);
  });

  it('takes events while every read of the same process hangs', async () => {
    let release = () => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const reads = ['/api/stats?site=shop', '/api/realtime?site=shop', '/api/sessions?site=shop'];
    const waiting = reads.map((path) => ask(writer, path));
    expect(await send(2_000)).toBe(2_000);
    release();
    for (const answer of waiting) expect((await answer).status).toBe(200);
  });
});
