import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { ask } from './ask.js';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 3;

let stack: Stack;
let realNow: () => number;
/** What the store's clock is ahead by: days pass without waiting for them. */
let aheadMs = 0;

beforeEach(async () => {
  aheadMs = 0;
  stack = await startStack({
    sites: [{ id: 'shop', retentionDays: RETENTION_DAYS }],
    adminKeys: [ADMIN_KEY],
    rollUpEverySeconds: 0,
  });
  realNow = stack.store.now;
  vi.spyOn(stack.store, 'now').mockImplementation(() => realNow() + aheadMs);
});
afterEach(() => stack.close());

const event = (at: number, id: string) => ({
  event_id: id,
  event_type: 'page_view',
  timestamp: at,
  page_url: 'https://shop.example/',
});
const importOf = (at: number, id: string) =>
  ask(stack.collector, '/api/import?site=shop', {
    method: 'POST',
    body: JSON.stringify({
      received_at: at,
      session: { session_id: `s-${id}` },
      visitor_id: 'v',
      events: [event(at, id)],
    }),
  });
async function views(from: number, to: number) {
  const url = `/api/stats?site=shop&interval=hour&from=${from}&to=${to}`;
  const headers = { authorization: `Bearer ${READ_KEY}` };
  const { data } = await readReply<{ totals: { page_views: number } }>(
    await ask(stack.collector, url, { headers }),
  );
  return data.totals.page_views;
}

/** Deletes what has expired, as the database does in its own time. */
async function expire() {
  const day = new Date(realNow()).toISOString().slice(0, 10);
  for (const from of [day, new Date(realNow() - DAY_MS).toISOString().slice(0, 10)]) {
    const query = { site: 'shop', day: from, shard: 0, from: 0, to: realNow() + 1, limit: 100 };
    const { batches } = await stack.store.arrivals(query);
    for (const { session_id, batch } of batches) await stack.store.deleteBatches('shop', session_id, [batch]);
  }
}

it('an import’s mark that outlives the raw data of its day takes nothing from what was counted', async () => {
  const at = realNow() - 3_600_000;
  const begin = at - DAY_MS;
  for (const id of ['live-1', 'live-2']) {
    const sent = post({ v: 1, session: { session_id: id }, events: [event(realNow(), id)] });
    expect((await ask(stack.collector, '/api/events', sent)).status).toBe(200);
  }
  aheadMs = DAY_MS;
  await stack.collector.rollUp();
  expect(await views(begin, at + DAY_MS)).toBe(2);
  expect((await importOf(at, 'imported')).status).toBe(200);
  // Nobody rolls up until all of it has expired.
  aheadMs = (RETENTION_DAYS + 2) * DAY_MS;
  await expire();
  await stack.collector.rollUp();
  expect(await views(begin, at + DAY_MS)).toBe(2);
  expect(await stack.store.markedDays('shop', 'import')).toEqual([]);
});

it('history whose raw data have expired keeps its numbers, and new history can still be folded before', async () => {
  const at = Date.UTC(2025, 0, 31, 12, 30);
  const [from, to] = [at - DAY_MS, at + DAY_MS];
  await importOf(at, 'first');
  aheadMs = 600_000;
  await stack.collector.rollUp();
  expect(await views(from, to)).toBe(1);
  await importOf(at, 'second');
  aheadMs = 1_200_000;
  await stack.collector.rollUp();
  expect(await views(from, to)).toBe(2);
  const mark = { day: '2025-01-31', cause: 'import' as const, marked_at: stack.store.now() };
  aheadMs = (RETENTION_DAYS + 1) * DAY_MS;
  await stack.store.markDay('shop', mark);
  await stack.store.deleteBatches('shop', 's-first', ['first']);
  await stack.collector.rollUp();
  expect(await views(from, to)).toBe(2);
});
