import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeRollup } from '../../src/rollup/rollup-codec.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { createRollupScheduler, type RollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites, type ResolvedSite, type Sites } from '../../src/sites/site-registry.js';
import type { Store } from '../../src/storage/event-store.js';
import type { RollupKind } from '../../src/storage/rollup-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { utcDay } from '../../src/time/ms.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let stack: Stack;
/** What the store's clock shows. */
let now: number;
const rollers: RollupScheduler[] = [];

beforeEach(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterEach(async () => {
  for (const roller of rollers.splice(0)) await roller.close();
  await stack.close();
});

const sitesOf = (ids: string[]): Sites => createSites({ sites: ids.map((id) => ({ id, retentionDays: 7 })) });

/** A roller of its own, as another process has it, with calls of the store in another's place. */
function rollerOn(sites: Sites, store: Partial<Store> = {}): RollupScheduler {
  const options = { secret: SECRET, rollUpEverySeconds: 0 };
  const roller = createRollupScheduler({
    options,
    sites,
    store: { ...stack.store, now: () => now, ...store },
  });
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
  const calendar = getCalendar('UTC');
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
  const { context, toRollupSite: siteOf } = rollerOn(sites, {
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
  const [site] = sitesOf(['shop']).all as [ResolvedSite];
  /** What was read of the log, and put, in that order. */
  let done: string[] = [];
  let putsLeft = 2;
  const { context, toRollupSite: siteOf } = rollerOn(sitesOf(['shop']), {
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
  // In the first days of a month, the day's month is over, too.
  const ofDay = done.filter((what) => what !== 'put month');
  expect(ofDay).toEqual(['event-15', 'put hour', ...whole, 'put day']);
  expect(await eventsIn('shop', 'day', begin, begin + DAY_MS)).toEqual([hours.length]);
});

it('makes an hour whole that was put behind a newer one, before the mark of what came into it is taken away', async () => {
  const begin = Math.floor(Date.now() / DAY_MS) * DAY_MS - 2 * DAY_MS;
  const at = (hour: number, minute = 0) => begin + hour * HOUR_MS + minute * MINUTE_MS;
  const day = utcDay(begin);
  const importInto = async (...times: number[]) => {
    for (const time of times) await arrive('shop', `import-${time}`, time);
    await stack.store.markDay('shop', { day, cause: 'import', marked_at: now });
  };
  const hoursPut = async () => {
    const range = { site: 'shop', shard: 0, kind: 'hour', from: begin, to: begin + DAY_MS } as const;
    const { states } = await stack.store.rollups(range, { consistent: true });
    return states.map((state) => [state.start, state.through, decodeRollup(state).totals.events]);
  };
  const [site] = sitesOf(['shop']).all as [ResolvedSite];
  const { context, toRollupSite: siteOf } = rollerOn(sitesOf(['shop']));
  await arrive('shop', 'live-8', at(8, 10));
  await arrive('shop', 'live-10', at(10, 20));
  now = at(9, 50);
  await importInto(at(7, 30));

  // While a round that is settled at 9:59 is about to fold hour 9 anew, another finds the hour empty and puts the next;
  // then an import comes into it.
  let meanwhile: (() => Promise<void>) | undefined = async () => {
    now = at(11, 12);
    await rollUpSite(context, siteOf(site));
    await importInto(at(9, 30), at(9, 59.5));
  };
  const slow = rollerOn(sitesOf(['shop']), {
    now: () => at(10, 1),
    rollups: async (range, options) => {
      if (range.kind === 'hour' && range.from === at(9) && range.to === at(9) + 1) {
        const first = meanwhile;
        meanwhile = undefined;
        await first?.();
      }
      return stack.store.rollups(range, options);
    },
  });
  await rollUpSite(slow.context, siteOf(site));
  const [seven, eight, ten] = [7, 8, 10].map((hour) => [at(hour), at(hour + 1), 1]);
  expect(await hoursPut()).toEqual([seven, eight, [at(9), at(9, 59), 1], ten]);
  expect(await stack.store.markedDays('shop', 'import')).toHaveLength(1);

  now = at(11, 30);
  await rollUpSite(context, siteOf(site));
  expect(await hoursPut()).toEqual([seven, eight, [at(9), at(10), 2], ten]);
  expect(await stack.store.markedDays('shop', 'import')).toEqual([]);
  now = at(28);
  await rollUpSite(context, siteOf(site));
  expect(await eventsIn('shop', 'day', begin, begin + DAY_MS)).toEqual([5]);
});

it('rolls up every site where one fails, tells the first error, and comes back to that site however old its traffic is', async () => {
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  // Of sites with traffic two days ago or later, a round knows without the one before.
  now = Date.now() + 4 * DAY_MS;
  const ids = ['first', 'ill', 'worse', 'last'];
  for (const id of ids) await arrive(id, 'event', hour);
  const failing = new Set(['ill', 'worse']);
  const roller = rollerOn(sitesOf(ids), {
    arrivals: async (query) => {
      if (failing.has(query.site)) throw new Error(`${query.site} fails`);
      return stack.store.arrivals(query);
    },
  });
  const counted = () => Promise.all(ids.map((id) => eventsIn(id, 'hour', hour, now)));
  await expect(roller.rollUp()).rejects.toThrow('ill fails');
  expect(await counted()).toEqual([[1], [], [], [1]]);
  failing.clear();
  await roller.rollUp();
  expect(await counted()).toEqual([[1], [1], [1], [1]]);
});
