import type { StatsData } from '@liveinsight/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startDynamoStack, startStack } from '../stack.js';
import { ask } from './ask.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FROM = Math.floor(Date.now() / DAY_MS - 5) * DAY_MS;
const TO = FROM + 4 * DAY_MS;

let stacks: [Stack, Stack];
/** Writes of an import have settled after some minutes: the stores' clocks are put forward by as much. */
let aheadMs = 0;
beforeEach(async () => {
  aheadMs = 0;
  const open = (start: typeof startStack) =>
    start({
      sites: [
        { id: 'shop', timezone: 'Asia/Kathmandu' },
        { id: 'other', timezone: 'Asia/Kathmandu', shards: 2 },
        { id: 'returned', timezone: 'Asia/Kathmandu' },
      ],
      adminKeys: [ADMIN_KEY],
      rollUpEverySeconds: 0,
    });
  stacks = [await open(startStack), await open(startDynamoStack)];
  for (const { store } of stacks) {
    const now = store.now;
    vi.spyOn(store, 'now').mockImplementation(() => now() + aheadMs);
  }
});
afterEach(async () => {
  for (const stack of stacks) await stack.close();
});

const history = Array.from({ length: 120 }, (_, at) => {
  const received_at = FROM + at * 47 * MINUTE_MS;
  const page_url = `https://shop.example/${at % 7}`;
  return {
    received_at,
    batch: `b${at}`,
    session: { session_id: `s${at % 50}`, entry_page: `/${at % 7}`, utm: { source: `mail-${at % 3}` } },
    visitor_id: `v${at % 31}`,
    events: [
      {
        event_id: `view-${at}`,
        event_type: 'page_view',
        timestamp: received_at,
        page_url,
        view: 1 + (at % 2),
      },
      {
        event_id: `purchase-${at}`,
        event_type: 'conversion',
        conversion_type: 'purchase',
        timestamp: received_at,
        page_url,
        value: 0.1 * at,
        currency: 'EUR',
      },
    ],
  };
});

async function load({ collector }: Stack, site: string, body: string): Promise<void> {
  const reply = await ask(collector, `/api/import?site=${site}`, { method: 'POST', body });
  expect(reply.status, await reply.clone().text()).toBe(200);
}
const exported = async ({ collector }: Stack, site: string) =>
  (await ask(collector, `/api/export?site=${site}&from=${FROM}&to=${TO}`)).text();

async function numbers({ collector }: Stack, site: string): Promise<Omit<StatsData, 'site' | 'as_of'>> {
  const url = `/api/stats?site=${site}&from=${FROM}&to=${TO}&interval=day&breakdown=page,source,entry_page,conversion_type`;
  const headers = { authorization: `Bearer ${READ_KEY}` };
  const { data } = await readReply<StatsData>(await ask(collector, url, { headers }));
  const { site: _, as_of: __, ...said } = data;
  return said;
}

/** Each with all of its events. */
async function sessions({ store }: Stack, site: string) {
  const ids = [...new Set(history.map(({ session }) => session.session_id))].sort();
  return Promise.all(
    ids.map(async (id) =>
      (await store.session(site, id)).map(({ site: _, expires_at: __, ...batch }) => batch),
    ),
  );
}

it('an export has the numbers and sessions of its site on whichever store it is imported, and however often', async () => {
  const [one, another] = stacks;
  await load(one, 'shop', history.map((line) => JSON.stringify(line)).join('\n'));
  aheadMs += 10 * MINUTE_MS;
  await one.collector.rollUp();
  const first = await numbers(one, 'shop');
  expect(first.totals).toMatchObject({ page_views: 120, conversions: 120, visitors: 31 });
  expect(first.breakdowns.page).toHaveLength(7);
  expect(first.totals.revenue?.EUR).toBeCloseTo(714, 6);

  const visits = await sessions(one, 'shop');
  expect(visits).toHaveLength(50);
  const file = await exported(one, 'shop');
  for (const [stack, site, from] of [
    [one, 'other'],
    [another, 'shop'],
    [one, 'shop'],
    [another, 'shop'],
    // From DynamoDB back to SQLite.
    [one, 'returned', another],
  ] as const) {
    await load(stack, site, from ? await exported(from, 'shop') : file);
    aheadMs += 10 * MINUTE_MS;
    await stack.collector.rollUp();
    expect(await numbers(stack, site)).toEqual(first);
    expect(await sessions(stack, site)).toEqual(visits);
    expect(await stack.store.markedDays(site, 'import')).toEqual([]);
  }
});
