import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Fault, type FaultPlan, type Faults, injectFaults } from '@liveinsight/testing/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EDGE_SEPARATOR } from '../../src/events/dimensions.js';
import { sumBuckets } from '../../src/query/bucketed-rollup.js';
import { readRollups } from '../../src/query/read-rollups.js';
import type { Rollup } from '../../src/rollup/aggregate.js';
import { decodeRollup } from '../../src/rollup/rollup-codec.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import type { Store } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { type Database, databases } from '../storage/databases.js';
import { type Expected, expectedNumbers } from './reference.js';
import { Simulation, STALE_MS } from './simulation.js';
import { type Step, stepsUpTo, UNHARMED } from './steps.js';

const HOUR_MS = 3_600_000;
const FIVE_MINUTES_MS = 300_000;
type Example = [script: Step[], reporting: string, asked: string, 'day', begin: string, shards: number];
/** How far back a question by that interval goes. */
const LOOK_BACK_MS = { '5m': 3 * HOUR_MS, hour: 30 * HOUR_MS, day: 60 * 24 * HOUR_MS };
/** Each begins before one of `STARTS` in turn: London and Lord Howe before either change of their clocks. */
const ZONES = [
  'Europe/London',
  'Europe/London',
  'Australia/Lord_Howe',
  'Australia/Lord_Howe',
  'UTC',
  'Asia/Seoul',
  'Asia/Kathmandu',
  'America/St_Johns',
];
/** A day or two before a change of the clock in London, and in Lord Howe. */
const STARTS: [string, ...string[]] = [
  '2026-03-28T05:00:00Z',
  '2026-10-24T09:00:00Z',
  '2026-10-02T20:00:00Z',
  '2026-04-03T22:00:00Z',
];

const SENT: Step = {
  kind: 'send',
  times: 6,
  session: 1,
  shape: 3,
  delayMs: 0,
  lagMs: 0,
  again: false,
  bot: false,
};
const ROUND: Step = { kind: 'advance', kills: [UNHARMED] };
/** Over the change of the clock, where there is one. */
const TWO_DAYS: Step[] = [1, 2, 3, 4].flatMap((): Step[] => [SENT, { kind: 'tick', minutes: 700 }]);
const ROUND_WITH_LATE_PUT: Step = { kind: 'advance', kills: [{ ...UNHARMED, puts: true, how: 'late' }] };

/**
 * Puts that land when others have gone past what they put: of an hour's first step, and of a day before an import; and
 * just before another's put of the whole hour, which is lost to it.
 */
const LATE_PUTS: Step[][] = [
  [
    { ...SENT, times: 2 },
    { kind: 'tick', minutes: 10 },
    { kind: 'advance', kills: [{ ...UNHARMED, puts: true, how: 'late', landsAfterCalls: 4 }] },
    { ...SENT, times: 1 },
    { kind: 'tick', minutes: 90 },
    SENT,
    { kind: 'tick', minutes: 90 },
    ROUND,
  ],
  [SENT, { kind: 'tick', minutes: 90 }, SENT, { kind: 'tick', minutes: 90 }, ROUND_WITH_LATE_PUT, ROUND],
  [
    SENT,
    { kind: 'tick', minutes: 90 },
    ROUND,
    { kind: 'tick', minutes: 30 * 60 },
    ROUND_WITH_LATE_PUT,
    ROUND,
    { kind: 'import', session: 2, hoursAgo: 31 },
    { kind: 'tick', minutes: 10 },
    ROUND,
  ],
];

/** Something goes wrong with one request in twelve, the same ones at every run. */
function randomFaults(seed: number): FaultPlan {
  let state = seed;
  const kinds: Fault[] = [
    { kind: 'throttled' },
    { kind: 'failed' },
    { kind: 'failed', executed: true },
    { kind: 'timed_out' },
    { kind: 'timed_out', landsAfterMs: 30 },
  ];
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % 12 === 0 ? kinds[Math.floor(state / 12) % kinds.length] : undefined;
  };
}

function actual(rollup: Rollup): Expected {
  const rows = (dimension: 'page' | 'source' | 'journey', counter: 'page_views' | 'events') =>
    Object.fromEntries(
      [...rollup.rows[dimension]]
        .map(([value, counters]) => [value.replace(EDGE_SEPARATOR, ' '), counters[counter]] as const)
        .filter(([, n]) => n !== 0),
    );
  return {
    totals: rollup.totals,
    bot_events: rollup.bot_events,
    visitors: rollup.visitors.count(),
    revenue: Object.fromEntries(rollup.revenue),
    pages: rows('page', 'page_views'),
    sources: rows('source', 'events'),
    journeys: rows('journey', 'page_views'),
  };
}

/** Bounds of the stretches that a question by that interval in that zone has. */
function boundsOf(zone: string, interval: '5m' | 'hour' | 'day', from: number, to: number): number[] {
  const calendar = getCalendar(zone);
  const unit = interval === '5m' ? undefined : interval;
  const bounds = [unit ? calendar.floor(from, unit) : Math.floor(from / FIVE_MINUTES_MS) * FIVE_MINUTES_MS];
  for (let last = bounds[0] ?? 0; last < to; bounds.push(last)) {
    last = unit ? calendar.next(last, unit) : last + FIVE_MINUTES_MS;
  }
  return bounds;
}

for (const { name, start, suite } of databases) {
  suite(`numbers on ${name}`, () => {
    // On the second database a few runs show that the conditions mean the same there.
    const effort = name === 'dynalite' ? { runs: 40, steps: 30 } : { runs: 3, steps: 12 };
    let database: Database;
    let store: Store;
    let troubled: Store;
    let faults: Faults;
    let runs = 0;
    beforeAll(async () => {
      database = await start();
      await createTables({ endpoint: database.endpoint });
      store = dynamoStore({ endpoint: database.endpoint });
      faults = injectFaults(randomFaults(7));
      troubled = dynamoStore({ endpoint: database.endpoint, middleware: faults.middleware });
    }, 60_000);
    afterAll(async () => {
      await troubled.close();
      await store.close();
      await database.close();
    });

    it('are the fold over what arrived, each event once, whoever advances them and whoever is killed when', async () => {
      const zone = fc.constantFrom(...ZONES);
      const interval = fc.constantFrom('5m' as const, 'hour' as const, 'day' as const);
      await fc.assert(
        fc.asyncProperty(
          stepsUpTo(effort.steps),
          zone,
          zone,
          interval,
          fc.constantFrom(...STARTS),
          fc.integer({ min: 1, max: 2 }),
          async (script, reporting, asked, width, begin, shards) => {
            runs += 1;
            const simulation = new Simulation(store, troubled, `s${runs}`, reporting, shards, begin);
            for (const step of script) {
              await simulation.run(step);
              if (step.kind === 'advance' && simulation.imported()) await check(simulation, asked, width);
            }
            await simulation.land();
            await faults.landed();
            simulation.now += 60 * HOUR_MS;
            await rollUpSite(simulation.context(), simulation.site);
            simulation.now += STALE_MS;
            await check(simulation, asked, width);
            await checkClosedDays(simulation);
            expect(simulation.differences).toEqual([]);
          },
        ),
        {
          numRuns: effort.runs,
          examples: [
            ...LATE_PUTS.map((script): Example => [script, 'UTC', 'UTC', 'day', STARTS[0], 1]),
            ...ZONES.map((zone, at): Example => {
              const start = STARTS[at % STARTS.length] ?? '';
              return [[...TWO_DAYS, ROUND], zone, zone, 'day', start, 1];
            }),
          ],
          // A failure is told within the test's time, shrunk as far as that allows.
          interruptAfterTimeLimit: 90_000,
        },
      );
    }, 120_000);
  });
}

async function check(simulation: Simulation, zone: string, interval: '5m' | 'hour' | 'day'): Promise<void> {
  const from = Math.max(simulation.start, simulation.now - LOOK_BACK_MS[interval]);
  const bounds = boundsOf(zone, interval, from, simulation.now + 1);
  const read = async (rowsOfEach: boolean) =>
    readRollups(simulation.context(), simulation.site, bounds, {
      dimensions: ['page', 'source', 'journey'],
      rowsOfEach,
    });
  for (const { start, end, rollup } of (await read(true)).buckets) {
    expect(actual(rollup), new Date(start).toISOString()).toEqual(
      expectedNumbers(simulation.visible(), start, end),
    );
  }
  const whole = sumBuckets((await read(false)).buckets).rollup;
  const [first = 0, last = 0] = [bounds[0], bounds.at(-1)];
  expect(actual(whole), 'the whole').toEqual(expectedNumbers(simulation.visible(), first, last));
}

async function checkClosedDays({ store, site, start, now, arrived }: Simulation): Promise<void> {
  for (let shard = 0; shard < site.shards; shard += 1) {
    const range = { site: site.id, shard, from: site.calendar.floor(start, 'day'), to: now };
    const days = await store.rollups({ ...range, kind: 'day' }, { edges: true });
    const ofShard = arrived.filter(({ batch }) => batch.shardAt(0) === shard);
    for (const day of days.states) {
      const end = site.calendar.next(day.start, 'day');
      expect(actual(decodeRollup(day))).toEqual(expectedNumbers(ofShard, day.start, end));
    }
    const closed = new Set(days.states.map((state) => state.start));
    for (const { at } of ofShard) expect(closed).toContain(site.calendar.floor(at, 'day'));
  }
}
