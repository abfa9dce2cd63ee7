/** What a process holds of a site while somebody asks for it. */
import type { StatusData } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createRollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites, type ResolvedSite } from '../../src/sites/site-registry.js';
import type { Store } from '../../src/storage/event-store.js';
import { createTails, type Tails } from '../../src/tail/tails.js';
import { HOUR_MS, MINUTE_MS, utcDay } from '../../src/time/ms.js';
import { ADMIN_KEY, post, READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const OTHER_KEY = 'read-key-of-another-site';

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({
    rollUpEverySeconds: 0,
    adminKeys: [ADMIN_KEY],
    sites: [{ id: 'shop' }, { id: 'other' }],
    readKeys: [READ_KEY, { key: OTHER_KEY, sites: ['other'] }],
  });
});
afterEach(() => stack.close());

let sent = 0;
async function send(): Promise<void> {
  sent += 1;
  const page = { event_type: 'page_view', page_url: 'https://shop.example/', view: 1 };
  const body = { session: { session_id: `s${sent}` }, visitor_id: `v${sent}`, events: [page] };
  const reply = await stack.collector.fetch(new Request('http://x/api/events', post(body)));
  expect(reply.status).toBe(200);
}

async function statistics(query = '') {
  const request = new Request(`http://x/api/stats?from=2h${query}`, {
    headers: { authorization: `Bearer ${READ_KEY}` },
  });
  const reply = await readReply<{
    totals: { events: number };
    as_of: string;
    note_codes?: { code: string; at?: string }[];
  }>(await stack.collector.fetch(request));
  return reply.data;
}

it('is nothing, and costs no reads, before somebody asks', async () => {
  const arrivals = vi.spyOn(stack.store, 'arrivals');
  await send();
  expect(stack.collector.tails()).toEqual([]);
  expect(arrivals).not.toHaveBeenCalled();
});

it('has what this process stores at once, by hours and by 5 minutes, though the index does not show it yet', async () => {
  await send();
  expect((await statistics()).totals.events).toBe(1);
  const { arrivals } = stack.store;
  stack.store.arrivals = async (query) => ({ ...(await arrivals(query)), batches: [] });
  await send();
  await send();
  expect((await statistics('&interval=hour')).totals.events).toBe(3);
  expect(stack.collector.tails()).toMatchObject([{ site: 'shop', batches: 3, starts: { cold: 1 } }]);
});

it('has what was acknowledged before the question, whose read somebody else had begun by then', async () => {
  await statistics();
  const { arrivals } = stack.store;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let begun = () => {};
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  stack.store.arrivals = async (query) => {
    const reply = await arrivals(query);
    begun();
    await opened;
    return reply;
  };
  // Other breakdowns: the same questions at once are one.
  const earlier = statistics('&breakdown=');
  await reading;
  await send();
  const later = statistics('&breakdown=page');
  await new Promise((resolve) => setImmediate(resolve));
  open();
  await earlier;
  expect((await later).totals.events).toBe(1);
});

it('says up to when it knows where more arrived than one response reads', async () => {
  const begin = Math.floor(stack.store.now() / MINUTE_MS) * MINUTE_MS - 30 * MINUTE_MS;
  const { arrivals } = stack.store;
  stack.store.arrivals = (query) => arrivals({ ...query, limit: 1 });
  for (let minute = 0; minute < 3; minute += 1) await importAt(begin + minute * MINUTE_MS);
  // Each look at the clock takes 400 ms: a response waits for some pages of one batch.
  const now = vi.spyOn(performance, 'now');
  let clock = 0;
  now.mockImplementation(() => {
    clock += 400;
    return clock;
  });
  const first = await statistics('&interval=hour');
  now.mockRestore();
  // A page with something in it, however long the empty days before it took.
  expect(first.totals.events).toBe(1);
  expect(first.note_codes).toContainEqual(expect.objectContaining({ code: 'newest_later', at: first.as_of }));
  const next = await statistics('&interval=hour');
  expect(next.totals.events).toBe(3);
  expect(next.note_codes).toBeUndefined();
});

async function importAt(received_at: number): Promise<void> {
  sent += 1;
  await stack.store.append(sampleBatch([`e${sent}`], { session_id: `s${sent}`, received_at }));
}

/** The tail of one site, without a collector around it, by a clock of its own. */
function openTail({ readsOn = false } = {}) {
  const store: Store = { ...stack.store };
  const sites = createSites({ sites: [{ id: 'shop' }] });
  const [known] = sites.all as [ResolvedSite];
  const clock = { now: stack.store.now() };
  store.now = () => clock.now;
  const options = { secret: SECRET, rollUpEverySeconds: 0 };
  const { context, numberBatches, toRollupSite } = createRollupScheduler({ options, sites, store });
  const tails: Tails = createTails({ context, numberBatches, readsOn });
  return { store, clock, tails, site: toRollupSite(known) };
}

it('is read by who asks, never by who looks at what is there', async () => {
  const { store, clock, tails, site } = openTail();
  expect(await tails.peek(site).cuts()).toBeUndefined();
  await tails.open(site).cuts();
  await importAt(clock.now - MINUTE_MS);
  expect((await tails.peek(site).cuts())?.[0]?.buckets).toEqual([]);
  // An import into what is held, 31 s later: it is begun again, once.
  await store.markDay('shop', { day: utcDay(clock.now), cause: 'import', marked_at: clock.now });
  clock.now += 31_000;
  await tails.open(site).cuts();
  expect((await tails.peek(site).cuts())?.[0]?.buckets).toHaveLength(1);
  expect(tails.reports()).toMatchObject([{ starts: { cold: 1, marked: 1 }, batches: 1 }]);
  tails.startOver('shop');
  expect(await tails.peek(site).cuts()).toBeUndefined();
});

it('reads by name what it has read before, and what is new in full', async () => {
  await send();
  const arrivals = vi.spyOn(stack.store, 'arrivals');
  const parts = () => arrivals.mock.calls.map(([{ from, to, skipsMost }]) => ({ from, to, skipsMost }));
  expect((await statistics()).totals.events).toBe(1);
  expect(parts().filter(({ skipsMost }) => skipsMost)).toEqual([]);
  const readTo = stack.store.now();
  arrivals.mockClear();
  vi.spyOn(stack.store, 'now').mockImplementation(() => Date.now() + MINUTE_MS);
  await send();
  expect((await statistics()).totals.events).toBe(2);
  expect(parts().length).toBeGreaterThan(1);
  for (const { from, to, skipsMost } of parts())
    expect(skipsMost ? to <= readTo : from <= to && to > readTo).toBe(true);
  expect(parts().some(({ skipsMost }) => skipsMost)).toBe(true);
});

it('finds by name what others have stored where this process has announced nearly all', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const pass = () => vi.setSystemTime(Date.now() + MINUTE_MS);
  const arrivals = vi.spyOn(stack.store, 'arrivals');
  async function ask() {
    arrivals.mockClear();
    const { totals } = await statistics();
    const newest = Math.max(...arrivals.mock.calls.map(([{ to }]) => to));
    const ofNewest = arrivals.mock.calls.filter(([{ to }]) => to === newest);
    return { events: totals.events, byName: ofNewest.some(([{ skipsMost }]) => skipsMost) };
  }
  await statistics();
  await send();
  expect(await ask()).toEqual({ events: 1, byName: false });
  pass();
  await send();
  expect(await ask()).toEqual({ events: 2, byName: true });
  // Another process stores half of them: both count, and from then on what is new is read in full.
  pass();
  await send();
  await importAt(Date.now());
  expect(await ask()).toEqual({ events: 4, byName: true });
  pass();
  expect(await ask()).toEqual({ events: 4, byName: false });
});

it('reads a busy site on between questions, and no other', async () => {
  const { clock, tails, site } = openTail({ readsOn: true });
  const batches = () => tails.reports()[0]?.batches;
  await importAt(clock.now - MINUTE_MS);
  await tails.open(site).cuts();
  await importAt(clock.now);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(batches()).toBe(1);
  // As many as are busy for 10 seconds, however long this machine takes for them.
  await Promise.all(Array.from({ length: 400 }, () => importAt(clock.now)));
  await tails.open(site).cuts();
  expect(batches()).toBe(402);
  await importAt(clock.now);
  await vi.waitFor(() => expect(batches()).toBe(403), { timeout: 10_000 });
  await tails.close();
});

it('has no value any more that was removed from the numbers', async () => {
  const begin = Math.floor(stack.store.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  await importAt(begin + 20 * MINUTE_MS);
  const byFiveMinutes = '&interval=5m&breakdown=page';
  await statistics(byFiveMinutes);
  await stack.collector.rollUp();
  expect(JSON.stringify(await statistics(byFiveMinutes))).toContain('/products/1');
  // Its raw data has expired: the log has nothing of it any more, what the stored hour has taken over is still held.
  await stack.store.deleteBatches('shop', `s${sent}`, [`e${sent}`]);
  expect(JSON.stringify(await statistics(byFiveMinutes))).toContain('/products/1');
  const removal = new Request('http://x/api/values?value=/products/1', {
    method: 'DELETE',
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
  expect((await stack.collector.fetch(removal)).status).toBe(200);
  expect(JSON.stringify(await statistics(byFiveMinutes))).not.toContain('/products/1');
});

it('is begun again where no page was read for minutes: a backup may have taken the place of the tables', async () => {
  const { store, clock, tails, site } = openTail();
  await importAt(clock.now - MINUTE_MS);
  const countBatches = async () => {
    const cuts = await tails.open(site).cuts();
    return cuts?.[0]?.buckets.reduce((sum, { batches }) => sum + batches, 0);
  };
  expect(await countBatches()).toBe(1);
  await store.deleteBatches('shop', `s${sent}`, [`e${sent}`]);
  clock.now += 5 * MINUTE_MS;
  expect(await countBatches()).toBe(1);
  clock.now += 5 * MINUTE_MS + 1;
  expect(await countBatches()).toBe(0);
  expect(tails.reports()).toMatchObject([{ starts: { cold: 1, paused: 1 } }]);
});

it('is begun again where the stored hour is older than before, though it ends later', async () => {
  const { store, clock, tails, site } = openTail();
  const start = Math.floor(clock.now / HOUR_MS) * HOUR_MS;
  const hour = { site: 'shop', shard: 0, kind: 'hour', start, body: new Uint8Array() } as const;
  let newest = { ...hour, through: start + MINUTE_MS, version: 7 };
  store.newest = async () => newest;
  await tails.open(site).cuts();
  newest = { ...hour, through: start + 2 * MINUTE_MS, version: 6 };
  await tails.open(site).cuts();
  expect(tails.reports()).toMatchObject([{ starts: { cold: 1, restored: 1 } }]);
});

it('says how far behind it is, how large, and why it was begun, to who may read the site', async () => {
  const status = async (key: string) => {
    const request = new Request('http://x/api/status', { headers: { authorization: `Bearer ${key}` } });
    return (await readReply<StatusData>(await stack.collector.fetch(request))).data.tails;
  };
  expect(await status(READ_KEY)).toEqual([]);
  await send();
  const { as_of } = await statistics();
  const [tail, ...others] = await status(READ_KEY);
  expect(tail).toMatchObject({ site: 'shop', batches: 1, starts: { cold: 1 } });
  // A response ends where its range does, which was "now" before the tail was read.
  expect(Date.parse(tail?.as_of ?? '')).toBeGreaterThanOrEqual(Date.parse(as_of));
  // Asking for it reads nothing.
  expect(await status(READ_KEY)).toEqual([tail]);
  expect(tail?.bytes).toBeGreaterThan(0);
  expect(tail?.behind_ms).toBeGreaterThanOrEqual(0);
  expect(others).toEqual([]);
  expect(await status(OTHER_KEY)).toEqual([]);
});
