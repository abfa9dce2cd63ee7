import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { ask } from './ask.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A day of Seoul: the last nine hours of one of UTC, and fifteen of the next. */
const BEGIN = (Math.floor(Date.now() / DAY_MS) - 2) * DAY_MS - 9 * HOUR_MS;
const PEOPLE = ['ann', 'bob', 'eve'];

let stack: Stack;
/** What the store's clock shows. */
let now: number;
const onRollupMismatch = vi.fn();

beforeEach(async () => {
  onRollupMismatch.mockClear();
  stack = await startStack({
    sites: [{ id: 'shop', timezone: 'Asia/Seoul' }],
    adminKeys: [ADMIN_KEY],
    rollUpEverySeconds: 0,
    onRollupMismatch,
  });
  vi.spyOn(stack.store, 'now').mockImplementation(() => now);
  now = BEGIN + 12 * HOUR_MS;
  await importOf(PEOPLE, now - HOUR_MS);
  now = BEGIN + 14 * HOUR_MS;
  await stack.collector.rollUp();
});
afterEach(() => stack.close());

async function importOf(people: string[], received_at: number): Promise<void> {
  const lines = people.map((user_id) => ({
    received_at,
    session: { session_id: `s-${user_id}` },
    visitor_id: `v-${user_id}`,
    user_id,
    events: [
      {
        event_id: `e-${user_id}`,
        event_type: 'page_view',
        timestamp: received_at,
        page_url: 'https://x.example/',
      },
    ],
  }));
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const reply = await ask(stack.collector, '/api/import?site=shop', { method: 'POST', body });
  expect(reply.status).toBe(200);
}

const erase = (user: string) => ask(stack.collector, `/api/users/${user}`, { method: 'DELETE' });

/** Views of the day, by its hours and by itself. */
async function views(): Promise<{ hours: number; day: number }> {
  const by = async (interval: string) => {
    const url = `/api/stats?from=${BEGIN}&to=${BEGIN + DAY_MS}&interval=${interval}`;
    const reply = await ask(stack.collector, url, { headers: { authorization: `Bearer ${READ_KEY}` } });
    return (await readReply<{ totals: { page_views: number } }>(reply)).data.totals.page_views;
  };
  return { hours: await by('hour'), day: await by('day') };
}

async function notes() {
  const range = { site: 'shop', shard: 0, kind: 'day', from: BEGIN, to: BEGIN + DAY_MS } as const;
  const { states } = await stack.store.rollups(range, { consistent: true });
  return states.map(({ note }) => note);
}

it('leaves what was counted of a person in the day, as in its hours', async () => {
  await erase('ann');
  now = BEGIN + 28 * HOUR_MS;
  await stack.collector.rollUp();
  expect(await views()).toEqual({ hours: 3, day: 3 });
  expect(await notes()).toEqual(['merged_from_hours: erased']);
  expect(onRollupMismatch).not.toHaveBeenCalled();
});

it('leaves it there also where it comes while the day is read to be closed', async () => {
  now = BEGIN + 28 * HOUR_MS;
  const { arrivals } = stack.store;
  let isErased = false;
  const reading = vi.spyOn(stack.store, 'arrivals').mockImplementation(async (query) => {
    if (query.from === BEGIN && !isErased) {
      isErased = true;
      await erase('ann');
    }
    return arrivals(query);
  });
  await stack.collector.rollUp();
  reading.mockRestore();
  expect(isErased).toBe(true);
  expect(await views()).toEqual({ hours: 3, day: 3 });
  expect(await notes()).toEqual(['merged_from_hours: erased']);
});

it('has the day agree with its hours when an import has both folded anew', async () => {
  await erase('ann');
  now = BEGIN + 28 * HOUR_MS;
  await stack.collector.rollUp();
  // Of the other day of UTC: the hour of those before stays as it is.
  await importOf(['dan', 'fay'], BEGIN + 2 * HOUR_MS);
  now += HOUR_MS;
  await stack.collector.rollUp();
  expect(await views()).toEqual({ hours: 5, day: 5 });
  // Of the same: it is folded from what the log holds now.
  await importOf(['jim'], BEGIN + 20 * HOUR_MS);
  now += HOUR_MS;
  await stack.collector.rollUp();
  expect(await views()).toEqual({ hours: 5, day: 5 });
  expect(await notes()).toEqual(['merged_from_hours: erased']);
  expect(onRollupMismatch).not.toHaveBeenCalled();
});
