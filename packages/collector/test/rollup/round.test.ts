import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendarOf } from '../../src/rollup/calendar.js';
import { decodeRollup } from '../../src/rollup/encode.js';
import { utcDay } from '../../src/rollup/read-log.js';
import { rollUpSite } from '../../src/rollup/roll-up.js';
import { createRoller, type Roller } from '../../src/rollup/roller.js';
import { createSites, type KnownSite, type Sites } from '../../src/site/sites.js';
import type { RollupKind } from '../../src/store/rollup-store.js';
import type { Store } from '../../src/store/store.js';
import { sampleBatch } from '../../src/testing/sample-batch.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stack: Stack;
/** What the store's clock shows. */
let now: number;
const rollers: Roller[] = [];

beforeEach(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterEach(async () => {
  for (const roller of rollers.splice(0)) await roller.close();
  await stack.close();
});

const sitesOf = (ids: string[]): Sites =>
  createSites({ sites: ids.map((id) => ({ id, retention_days: 7 })) });

/** A roller of its own, as another process has it, with calls of the store in another's place. */
function rollerOn(sites: Sites, store: Partial<Store> = {}): Roller {
  const options = { secret: SECRET, rollUpEverySeconds: 0 };
  const roller = createRoller({ options, sites, store: { ...stack.store, now: () => now, ...store } });
  rollers.push(roller);
  return roller;
}

const arrive = (site: string, event: string, received_at: number) =>
  stack.store.append(
    sampleBatch([event], { site, session_id: event, visitor_id: event, received_at, retention_days: 90 }),
  );

async function eventsIn(site: string, kind: RollupKind, from: number, to: number): Promise<number[]> {
  const { states } = await stack.store.rollups({ site, shard: 0, kind, from, to }, { consistent: true });
  return states.map((state) => decodeRollup(state).totals.events);
}

it('merges a month with its last day, whenever a round begins and however long it takes', async () => {
  const calendar = calendarOf('UTC');
  const end = calendar.floor(calendar.floor(Date.now(), 'month') - 1, 'month');
  const begin = calendar.floor(end - 1, 'month');
  // A round of a site begins so many seconds before the month may be closed, and each of its calls takes a second.
  const ids = Array.from({ length: 20 }, (_, seconds) => `site-${seconds}`);
  const slow = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
    return (...args: Args): Promise<Result> => {
      now += SECOND_MS;
      return call(...args);
    };
  };
  const sites = sitesOf(ids);
  const { context, siteOf } = rollerOn(sites, {
    arrivals: slow(stack.store.arrivals),
    rollups: slow(stack.store.rollups),
    newest: slow(stack.store.newest),
    markedDays: slow(stack.store.markedDays),
    putRollup: slow(stack.store.putRollup),
  });
  for (const [seconds, site] of sites.all.entries()) {
    await arrive(site.id, 'first', end - 2 * DAY_MS);
    await arrive(site.id, 'last', end - HOUR_MS);
    now = end + 2 * HOUR_MS;
    await rollUpSite(context, siteOf(site));
    // An import to every other site, so that its month would be merged anew.
    const day = utcDay(end - 2 * DAY_MS);
    if (seconds % 2 === 1) await stack.store.markDay(site.id, { day, cause: 'import', marked_at: end });
    now = end + 3 * HOUR_MS - seconds * SECOND_MS;
    await rollUpSite(context, siteOf(site));
    now = end + 4 * HOUR_MS;
    await rollUpSite(context, siteOf(site));
    expect(await eventsIn(site.id, 'day', begin, end), `${seconds} s before`).toEqual([1, 1]);
    expect(await eventsIn(site.id, 'month', begin, end), `${seconds} s before`).toEqual([2]);
  }
});

it('goes on in the middle of a day long over without reading the day again before its next put', async () => {
  const begin = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS;
  now = Date.now();
  const hours = [3, 4, 9, 15];
  for (const hour of hours) await arrive('shop', `event-${hour}`, begin + hour * HOUR_MS);
  const [site] = sitesOf(['shop']).all as [KnownSite];
  /** What was read of the log, and put, in that order. */
  let done: string[] = [];
  let putsLeft = 2;
  const { context, siteOf } = rollerOn(sitesOf(['shop']), {
    arrivals: async (query) => {
      const page = await stack.store.arrivals(query);
      // Where the next arrival is looked for, one is enough.
      if (query.limit !== 1) done.push(...page.batches.map(({ batch }) => batch));
      return page;
    },
    putRollup: (state) => {
      if (putsLeft === 0) throw new Error('killed');
      putsLeft -= 1;
      done.push(`put ${state.kind}`);
      return stack.store.putRollup(state);
    },
  });
  await expect(rollUpSite(context, siteOf(site))).rejects.toThrow('killed');
  expect(done).toEqual(['event-3', 'put hour', 'event-4', 'put hour', 'event-9']);
  done = [];
  putsLeft = 1;
  await expect(rollUpSite(context, siteOf(site))).rejects.toThrow('killed');
  expect(done).toEqual(['event-9', 'put hour', 'event-15']);
  done = [];
  putsLeft = 9;
  await rollUpSite(context, siteOf(site));
  const whole = hours.map((hour) => `event-${hour}`);
  expect(done).toEqual(['event-15', 'put hour', ...whole, 'put day']);
  expect(await eventsIn('shop', 'day', begin, begin + DAY_MS)).toEqual([hours.length]);
});
