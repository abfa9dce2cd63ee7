import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readNumbers } from '../../src/read/numbers.js';
import { calendarOf } from '../../src/rollup/calendar.js';
import { decodeRollup } from '../../src/rollup/encode.js';
import { rollUpSite } from '../../src/rollup/roll-up.js';
import type { Rollup } from '../../src/rollup/rollup.js';
import type { Store } from '../../src/store/store.js';
import { type Database, databases } from '../store/databases.js';
import { type Expected, expectedNumbers } from './reference.js';
import { Simulation, steps } from './simulation.js';

const HOUR_MS = 3_600_000;
const STRIP_MS = 300_000;
const ZONES = [
  'UTC',
  'Asia/Seoul',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Europe/London',
  'Australia/Lord_Howe',
];
/** A day or two before a change of the clock in London, and in Lord Howe. */
const STARTS = [
  '2026-03-28T05:00:00Z',
  '2026-10-24T09:00:00Z',
  '2026-10-02T20:00:00Z',
  '2026-04-03T22:00:00Z',
];

function actual(rollup: Rollup): Expected {
  const rows = (dimension: 'page' | 'source', counter: 'page_views' | 'events') =>
    Object.fromEntries(
      [...rollup.rows[dimension]]
        .map(([value, counters]) => [value, counters[counter]])
        .filter(([, n]) => n !== 0),
    );
  return {
    totals: rollup.totals,
    bot_events: rollup.bot_events,
    visitors: rollup.visitors.count(),
    revenue: Object.fromEntries(rollup.revenue),
    pages: rows('page', 'page_views'),
    sources: rows('source', 'events'),
  };
}

/** Bounds of the stretches that a question by that interval in that zone has. */
function boundsOf(zone: string, interval: '5m' | 'hour' | 'day', from: number, to: number): number[] {
  const calendar = calendarOf(zone);
  const unit = interval === '5m' ? undefined : interval;
  const bounds = [unit ? calendar.floor(from, unit) : Math.floor(from / STRIP_MS) * STRIP_MS];
  for (let last = bounds[0] ?? 0; last < to; bounds.push(last)) {
    last = unit ? calendar.next(last, unit) : last + STRIP_MS;
  }
  return bounds;
}

for (const { name, start, suite } of databases) {
  suite(`numbers on ${name}`, () => {
    let database: Database;
    let store: Store;
    let runs = 0;
    // A Java machine may take a while to start.
    beforeAll(async () => {
      database = await start();
      await createTables({ endpoint: database.endpoint });
      store = dynamoStore({ endpoint: database.endpoint });
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await database.close();
    });

    it('are the fold over what arrived, each event once, whoever advances them and whoever is killed when', async () => {
      const zone = fc.constantFrom(...ZONES);
      const interval = fc.constantFrom('5m' as const, 'hour' as const, 'day' as const);
      await fc.assert(
        fc.asyncProperty(
          steps,
          zone,
          zone,
          interval,
          fc.constantFrom(...STARTS),
          fc.integer({ min: 1, max: 2 }),
          async (script, reporting, asked, width, begin, shards) => {
            runs += 1;
            const simulation = new Simulation(store, `s${runs}`, reporting, shards, begin);
            for (const step of script) {
              await simulation.run(step);
              if (step.kind === 'advance' && !simulation.pendingImport) await check(simulation, asked, width);
            }
            await simulation.land();
            simulation.now += 60 * HOUR_MS;
            await rollUpSite(simulation.context(), simulation.site);
            await check(simulation, asked, width);
            await checkClosedDays(simulation);
            expect(simulation.differences).toEqual([]);
          },
        ),
        { numRuns: name === 'dynalite' ? 40 : 6 },
      );
    }, 120_000);
  });
}

async function check(simulation: Simulation, zone: string, interval: '5m' | 'hour' | 'day'): Promise<void> {
  const from = interval === '5m' ? simulation.now - 3 * HOUR_MS : simulation.start;
  const bounds = boundsOf(zone, interval, from, simulation.now + 1);
  const { stretches } = await readNumbers(simulation.context(), simulation.site, bounds);
  for (const { start, end, rollup } of stretches) {
    expect(actual(rollup), new Date(start).toISOString()).toEqual(
      expectedNumbers(simulation.visible(), start, end),
    );
  }
}

async function checkClosedDays({ store, site, start, now, arrived }: Simulation): Promise<void> {
  for (let shard = 0; shard < site.shards; shard += 1) {
    const range = { site: site.id, shard, from: site.calendar.floor(start, 'day'), to: now };
    const days = await store.rollups({ ...range, kind: 'day' });
    const ofShard = arrived.filter(({ batch }) => batch.shardAt(0) === shard);
    for (const day of days.states) {
      const end = site.calendar.next(day.start, 'day');
      expect(actual(decodeRollup(day.body))).toEqual(expectedNumbers(ofShard, day.start, end));
    }
    const closed = new Set(days.states.map((state) => state.start));
    for (const { at } of ofShard) expect(closed).toContain(site.calendar.floor(at, 'day'));
  }
}
