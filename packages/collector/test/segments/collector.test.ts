/** What a collector does of itself: it stores closed days by column, answers filters from them, and erases from them. */

import type { StatsData } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Collector, createCollector } from '../../src/collector.js';
import { textAt } from '../../src/columns/chunk.js';
import { readSegment } from '../../src/segments/read-segment.js';
import { DAY_MS } from '../../src/time/ms.js';
import { ADMIN_KEY, READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const DAY = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS;

let stack: Stack;
let collector: Collector;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
  collector = createCollector({
    ...{
      store: stack.store,
      secret: SECRET,
      sites: [{ id: 'shop' }, { id: 'never' }],
      rollUpEverySeconds: 0,
    },
    ...{ readKeys: [READ_KEY], adminKeys: [ADMIN_KEY] },
  });
  for (const [index, user_id] of ['ann', 'bob', 'cid', undefined].entries()) {
    const fields = { session_id: `s-${index}`, visitor_id: `v-${index}`, received_at: DAY + index };
    const batch = sampleBatch([`e-${index}`], { site: 'shop', ...fields, ...(user_id ? { user_id } : {}) });
    const events = batch.events.map((event) => ({ ...event, page_url: `https://shop.example/p-${index}` }));
    await stack.store.append({ ...batch, source: `source-${index}`, events });
  }
  await collector.rollUp();
});
afterAll(async () => {
  await collector.close();
  await stack.close();
});

const state = async () => {
  const range = { site: 'shop', shard: 0, kind: 'day', from: DAY, to: DAY + 1 } as const;
  const [day] = (await stack.store.rollups(range, { consistent: true })).states;
  if (!day) throw new Error('the day is closed');
  return day;
};

async function pages(): Promise<(string | undefined)[]> {
  const day = await state();
  const chunks = await Promise.all(
    (day.columns?.segments ?? []).map((ref) => readSegment(stack.store, day, ref, { nowMs: Date.now() })),
  );
  return chunks.flatMap(({ chunk }) => {
    const { count, page } = chunk.event();
    return Array.from({ length: count }, (_, row) => textAt(page, row));
  });
}

const ask = (path: string, method = 'GET') => {
  const headers = { authorization: `Bearer ${method === 'GET' ? READ_KEY : ADMIN_KEY}` };
  return collector.fetch(new Request(`http://localhost${path}`, { method, headers }));
};

async function filtered(source: string): Promise<number> {
  const url = `/api/stats?site=shop&interval=day&from=${DAY}&to=${DAY + DAY_MS}&source=${source}`;
  return (await readReply<{ totals: { events: number } }>(await ask(url))).data.totals.events;
}

it('a closed day is stored by column, and answers filters though its log is gone', async () => {
  expect((await pages()).sort()).toEqual(['/p-0', '/p-1', '/p-2', '/p-3']);
  expect((await state()).columns).toMatchObject({ through: DAY + DAY_MS, events: 4 });
  await stack.store.deleteBatches('shop', 's-3', ['e-3']);
  expect(await filtered('source-3')).toBe(1);
});

it('an erased user or visitor is in no column, and in no answer', async () => {
  expect((await ask('/api/users/ann?site=shop', 'DELETE')).status).toBe(200);
  expect((await pages()).sort()).toEqual(['/p-1', '/p-2', '/p-3']);
  expect(await filtered('source-0')).toBe(0);
  expect((await ask('/api/visitors/v-1?site=shop', 'DELETE')).status).toBe(200);
  expect((await pages()).sort()).toEqual(['/p-2', '/p-3']);
  expect(await filtered('source-1')).toBe(0);
  expect((await stack.store.markedDays('shop', 'erased')).length).toBeGreaterThan(0);
});

it('a removed value is in no column', async () => {
  expect((await ask('/api/values?site=shop&value=/p-2', 'DELETE')).status).toBe(200);
  expect((await pages()).sort()).toEqual(['(other)', '/p-3']);
});

it('a day whose columns are lost is filled in by a later round, as far as the log has it', async () => {
  const day = await state();
  expect(await stack.store.putColumns(day, day.version, undefined)).toBe(true);
  const later = createCollector({
    ...{ store: stack.store, secret: SECRET, sites: [{ id: 'shop' }], rollUpEverySeconds: 0 },
  });
  await later.rollUp();
  expect(await pages()).toEqual(['/p-2']);
});

it('of a site that was never rolled up, filters know no more than its log: what has expired is not zero', async () => {
  await stack.store.append(sampleBatch(['n-1'], { site: 'never', received_at: DAY }));
  const url = `/api/stats?site=never&interval=day&from=${DAY - 60 * DAY_MS}&to=${DAY + DAY_MS}&country=!XX`;
  const { data } = await readReply<StatsData>(await ask(url));
  expect(data.totals.events).toBe(1);
  expect(Date.parse(data.known_from ?? '')).toBeGreaterThan(Date.now() - 31 * DAY_MS);
  expect(data.series[0]?.events).toBeNull();
});
