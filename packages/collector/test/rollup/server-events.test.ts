import { readFileSync } from 'node:fs';
import type { SessionsData, StatsData } from '@liveinsight/schema';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MAX_NUMBERED_ITEMS, MAX_NUMBERED_SESSION_BYTES, MAX_TAIL_BYTES } from '../../src/budgets.js';
import { numberedEvents } from '../../src/rollup/numbered-events.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { createRollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { NewBatch, StoredEvent } from '../../src/storage/event-store.js';
import { post, READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterEach(() => stack.close());

const send = async (body: unknown) =>
  readReply(await stack.collector.fetch(new Request('http://collector/api/events', post(body))));

async function ask<Data>(path: string): Promise<Data> {
  const headers = { authorization: `Bearer ${READ_KEY}` };
  const request = new Request(`http://collector${path}`, { headers });
  return (await readReply<Data>(await stack.collector.fetch(request))).data;
}

const statistics = (query = '') => ask<StatsData>(`/api/stats?site=shop${query}`);

/** The page's own example of what a server sends, after the heading "Send an event". */
function exampleBatch() {
  const page = readFileSync(new URL('../../../../docs/reference/wire-format.md', import.meta.url), 'utf8');
  const [, batch] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));
  const sent_at = Date.now();
  const events = batch.events.map((event: object) => ({ ...event, timestamp: sent_at - 1_000 }));
  return { ...batch, sent_at, events };
}

it('the documented batch of a server has its session, conversion rate, entry page and sessions of the page', async () => {
  expect((await send(exampleBatch())).code).toBe(200);
  // A retry changes nothing.
  expect((await send(exampleBatch())).code).toBe(200);
  await send({ event_type: 'page_view', session_id: 's-2', page_url: 'https://shop.example/about' });
  const { totals, breakdowns } = await statistics('&breakdown=page,entry_page,conversion_type,source');
  expect(totals).toMatchObject({
    sessions: 2,
    page_views: 2,
    conversions: 1,
    conversion_rate: 0.5,
    bounce_rate: 1,
  });
  expect(breakdowns.page).toMatchObject([
    { value: '/', sessions: 1, exits: 1 },
    { value: '/about', sessions: 1, exits: 1 },
  ]);
  expect(breakdowns.entry_page).toMatchObject([
    { value: '/', sessions: 1, conversion_rate: 1 },
    { value: '/about', sessions: 1, conversion_rate: 0 },
  ]);
  expect(breakdowns.source).toContainEqual(
    expect.objectContaining({ value: 'news.example', conversion_rate: 1 }),
  );
  expect(breakdowns.conversion_type).toMatchObject([
    { value: 'purchase', sessions: 1, conversion_rate: 0.5 },
  ]);
});

const view = (event_id: string, path: string, more: object = {}) =>
  ({
    event_id,
    event_type: 'page_view',
    timestamp: 0,
    page_url: `https://shop.example${path}`,
    ...more,
  }) as StoredEvent;
const conversion = (event_id: string, more: object = {}) =>
  ({ event_id, event_type: 'conversion', timestamp: 0, conversion_type: 'purchase', ...more }) as StoredEvent;

/** Arrives at `received_at` as an import does, so that no test has to wait. */
function arrive(received_at: number, event: StoredEvent, more: Partial<NewBatch> = {}) {
  return stack.store.append({
    site: 'shop',
    batch: event.event_id,
    session_id: 's',
    visitor_id: 'server',
    received_at,
    events: [{ ...event, timestamp: received_at }],
    retention_days: 90,
    shardAt: () => 0,
    ...more,
  });
}

const FROM_TRACKER = { visitor_id: 'browser', entry_page: '/', source: 'google', device: 'mobile' };

/** A session of a browser into which a server puts events, over the edge of an hour. */
async function mixedSession(begin: number): Promise<void> {
  const first = begin + HOUR_MS - 2 * MINUTE_MS;
  const at = (minutes: number) => first + minutes * MINUTE_MS;
  await arrive(at(0), view('b1', '/', { view: 1, first_on_page: true, gap_ms: 0 }), FROM_TRACKER);
  await arrive(at(1), conversion('s1'));
  await arrive(at(1.5), view('s2', '/cart'));
  // The tracker knows nothing of the server's events.
  const second = { view: 2, first_on_page: true, from_page: '/', gap_ms: MINUTE_MS };
  await arrive(at(4), view('b2', '/cart', second), FROM_TRACKER);
  await arrive(at(5), conversion('b3', { nth: 1, nth_of_type: 1, gap_ms: MINUTE_MS }), FROM_TRACKER);
}

it('a browser’s session with a server’s events is one session, one visitor and one that converted, by hours and by days', async () => {
  const begin = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
  await mixedSession(begin);
  let now = begin + HOUR_MS + 10 * MINUTE_MS;
  const differences: unknown[] = [];
  const options = {
    secret: SECRET,
    rollUpEverySeconds: 0,
    onRollupMismatch: (difference: unknown) => void differences.push(difference),
  };
  const sites = createSites({ sites: [{ id: 'shop' }] });
  const rollers = [0, 1].map(() =>
    createRollupScheduler({ options, sites, store: { ...stack.store, now: () => now } }),
  );
  const [site] = sites.all;
  if (!site) throw new Error('there is no site');
  const expected = async () => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const range = `&from=${iso(begin)}&to=${iso(begin + DAY_MS)}&breakdown=page,source,device`;
    const { totals, breakdowns } = await statistics(range);
    expect(totals).toMatchObject({
      visitors: 1,
      sessions: 1,
      page_views: 3,
      conversions: 2,
      conversion_rate: 1,
      bounce_rate: 0,
      average_session_duration_ms: 2 * MINUTE_MS,
    });
    const cart = breakdowns.page?.find(({ value }) => value === '/cart');
    expect(cart).toMatchObject({ page_views: 2, sessions: 1, exits: 1 });
    expect(breakdowns.source).toMatchObject([{ value: 'google', sessions: 1, conversions: 2 }]);
    expect(breakdowns.device).toMatchObject([{ value: 'mobile', sessions: 1, events: 5 }]);
    const listed = await ask<SessionsData>(`/api/sessions?site=shop&source=google&from=${iso(begin)}`);
    expect(listed.sessions).toMatchObject([{ visitor_id: 'browser', device: 'mobile', page_views: 3 }]);
  };
  // From the log alone; with the first hour stored; two at once; and when the day is closed from the log again.
  await expected();
  await Promise.all(rollers.map(({ context, toRollupSite: siteOf }) => rollUpSite(context, siteOf(site))));
  await expected();
  now = begin + DAY_MS + 4 * HOUR_MS;
  await Promise.all(rollers.map(({ context, toRollupSite: siteOf }) => rollUpSite(context, siteOf(site))));
  await expected();
  expect(differences).toEqual([]);
  for (const roller of rollers) await roller.close();
});

it('reads no session where trackers alone send, and each of a server’s once', async () => {
  const begin = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
  let sessionsRead = 0;
  const visitSession: typeof stack.store.visitSession = (...asked) => {
    sessionsRead += 1;
    return stack.store.visitSession(...asked);
  };
  const log = numberedEvents({ ...stack.store, visitSession }, Date.now);
  const day = new Date(begin).toISOString().slice(0, 10);
  const query = { site: 'shop', day, shard: 0, from: begin, to: begin + MINUTE_MS, limit: 100 };
  for (let index = 0; index < 20; index += 1) {
    const event = view(`t${index}`, '/', { view: 1, first_on_page: true, gap_ms: 0 });
    await arrive(begin + index, event, { session_id: `tracker-${index}` });
  }
  expect((await log.arrivals(query)).batches).toHaveLength(20);
  expect(sessionsRead).toBe(0);
  await arrive(begin + 100, view('u1', '/'), { session_id: 'server' });
  await arrive(begin + 101, view('u2', '/cart'), { session_id: 'server' });
  for (let asked = 0; asked < 3; asked += 1) {
    const { batches } = await log.arrivals({ ...query, from: begin + 100 });
    expect(batches.flatMap(({ events }) => events)).toMatchObject([{ view: 1 }, { view: 2, from_page: '/' }]);
  }
  expect(sessionsRead).toBe(1);
});

it('a session too long to be numbered is still one session', async () => {
  const begin = Date.now() - HOUR_MS;
  for (let index = 0; index <= MAX_NUMBERED_ITEMS; index += 100) {
    const some = Array.from({ length: 100 }, (_, at) => index + at).filter((at) => at <= MAX_NUMBERED_ITEMS);
    await Promise.all(some.map((at) => arrive(begin + at, view(`e${at}`, '/'))));
  }
  const { totals } = await statistics('&from=2h');
  expect(totals).toMatchObject({ sessions: 1, page_views: MAX_NUMBERED_ITEMS + 1 });
});

/** A view of little weight at rest that is 60 KB of JSON. */
const heavyView = (event_id: string) => {
  const props = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`p${at}`, 'x'.repeat(1_000)]));
  return view(event_id, '/', { props });
};
const HEAVY_BYTES = 60_000;

it('a batch makes a fold read so much of its session, however much that holds', async () => {
  const begin = Date.now() - HOUR_MS;
  for (let at = 0; at < 60; at += 1) await arrive(begin + at, heavyView(`e${at}`));
  let bytesRead = 0;
  const visitSession: typeof stack.store.visitSession = (site, session, visit) =>
    stack.store.visitSession(site, session, (batch, bytes) => {
      bytesRead += bytes;
      return visit(batch, bytes);
    });
  const log = numberedEvents({ ...stack.store, visitSession }, Date.now);
  const day = new Date(begin).toISOString().slice(0, 10);
  await log.arrivals({ site: 'shop', day, shard: 0, from: begin, to: begin + 1, limit: 1 });
  expect(bytesRead).toBeGreaterThan(HEAVY_BYTES);
  expect(bytesRead).toBeLessThan(MAX_NUMBERED_SESSION_BYTES + 2 * HEAVY_BYTES);
  const { totals } = await statistics('&from=2h');
  expect(totals).toMatchObject({ sessions: 1, page_views: 60 });
});

it('a question folds so much of the log, and says up to when it knows', async () => {
  const begin = Date.now() - HOUR_MS;
  const views = Math.ceil(1.5 * (MAX_TAIL_BYTES / HEAVY_BYTES));
  for (let from = 0; from < views; from += 50) {
    const some = Array.from({ length: 50 }, (_, at) => from + at);
    await Promise.all(some.map((at) => arrive(begin + at, heavyView(`e${at}`), { session_id: `s${at}` })));
  }
  const { totals, as_of } = await statistics('&from=2h');
  const known = Date.parse(as_of) - begin;
  expect(known * HEAVY_BYTES).toBeGreaterThan(0.9 * MAX_TAIL_BYTES);
  expect(known).toBeLessThan(views);
  // 1 ms apart: all that arrived before, and the batch that the reading ended with.
  expect(totals).toMatchObject({ sessions: known + 1, page_views: known + 1 });
});
