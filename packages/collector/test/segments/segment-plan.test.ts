/** Which days of a range are read by their segments, and what is left to the log. */
import { expect, it } from 'vitest';
import { planShard, selectNewest } from '../../src/query/segment-plan.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { DAY_MS, HOUR_MS } from '../../src/time/ms.js';

const FIRST = Date.UTC(2026, 0, 31);
const NOW = FIRST + 9 * DAY_MS;

const day = (start: number, columns?: { through?: number; expires_at?: number }): RollupState => ({
  ...{ site: 'shop', shard: 0, kind: 'day', start, through: start + DAY_MS, version: 1 },
  body: Buffer.alloc(0),
  ...(columns
    ? {
        columns: {
          ...{ through: start + DAY_MS, events: 1, expires_at: 4e9, ...columns },
          segments: [{ id: '1#a', groups: { all: { parts: 1, bytes: 10 } } }],
        },
      }
    : {}),
});

const PEOPLE = { shard: 0, traffic: 'people', defaultTraffic: 'people' } as const;

const plan = (states: RollupState[], from = FIRST, to = FIRST + 4 * DAY_MS) => {
  const { covers, gaps } = planShard(states, { ...PEOPLE, from, to, nowMs: NOW });
  const hours = (ms: number) => (ms - FIRST) / HOUR_MS;
  return {
    covers: covers.map((cover) => [hours(cover.from), hours(cover.to)]),
    gaps: gaps.map((gap) => [hours(gap.from), hours(gap.to), gap.day !== undefined]),
  };
};

it('days with columns are covered, the others and the open end are left to the log', () => {
  const states = [day(FIRST, {}), day(FIRST + DAY_MS), day(FIRST + 2 * DAY_MS, {})];
  expect(plan(states)).toEqual({
    covers: [
      [0, 24],
      [48, 72],
    ],
    gaps: [
      [24, 48, true],
      [72, 96, false],
    ],
  });
});

it('of a day whose columns end early the rest is left to the log; of one whose columns expired, all', () => {
  const states = [
    day(FIRST, { through: FIRST + 5 * HOUR_MS }),
    day(FIRST + DAY_MS, { expires_at: NOW / 1000 }),
  ];
  expect(plan(states, FIRST, FIRST + 2 * DAY_MS)).toEqual({
    covers: [[0, 5]],
    gaps: [
      [5, 24, true],
      [24, 48, true],
    ],
  });
});

it('days of two time zones overlap, and no time is covered twice', () => {
  const states = [day(FIRST, {}), day(FIRST + 18 * HOUR_MS, {}), day(FIRST + 42 * HOUR_MS, {})];
  expect(plan(states, FIRST + HOUR_MS, FIRST + 66 * HOUR_MS)).toEqual({
    covers: [
      [1, 24],
      [24, 42],
      [42, 66],
    ],
    gaps: [],
  });
});

it('beyond the budget whole newest days are read, and from when on is said', () => {
  const states = [0, 1, 2].map((index) => day(FIRST + index * DAY_MS, {}));
  const { covers } = planShard(states, { ...PEOPLE, from: FIRST, to: NOW, nowMs: NOW });
  const selected = selectNewest(covers, () => 10, 25);
  expect(selected.covers.map(({ from }) => (from - FIRST) / DAY_MS)).toEqual([1, 2]);
  expect(selected.knownFrom).toBe(FIRST + DAY_MS);
  expect(selectNewest(covers, () => 10, 30)).toEqual({ covers, knownFrom: Number.NEGATIVE_INFINITY });
  // What cannot be read as it is wanted is not known, nor what is before.
  const unreadable = selectNewest(covers, ({ from }) => (from > FIRST + DAY_MS ? 10 : undefined), 100);
  expect(unreadable.covers).toHaveLength(1);
});
