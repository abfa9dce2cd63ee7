/** Estimates from a sample of visitors: how far they are off, and what is said of it. */
import { describe, expect, it } from 'vitest';
import { MAX_SLICES } from '../../src/budgets.js';
import type { Chunk, HashColumn } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { countSlices, firstKey, listSampleKeys, sliceChunk } from '../../src/columns/slice-chunk.js';
import { Numbers } from '../../src/engine/numbers.js';
import { NumbersByGroup } from '../../src/engine/numbers-by-group.js';
import type { NumbersPlan } from '../../src/engine/numbers-plan.js';
import { SAMPLE_GROUPS } from '../../src/engine/sample.js';
import { toGoal } from '../../src/query/goal.js';
import type { QueryContext } from '../../src/query/query-context.js';
import { findBound } from '../../src/query/sample-plan.js';
import { getStats } from '../../src/query/stats.js';
import { readStatsQuery } from '../../src/query/stats-query.js';
import { getCalendar } from '../../src/time/calendar.js';
import { FROM, hash, TO } from '../columns/histories.js';
import { ordinaryBatches } from '../columns/ordinary.js';
import { NO_GOALS } from '../engine/chunks.js';
import { createRandom } from '../tail/random.js';

const QUERY = `site=shop&from=${FROM}&to=${TO}&interval=day&country=!nowhere&breakdown=device,page`;
const BOUND = MAX_SLICES / 4;
const SHARE = BOUND / MAX_SLICES;
const VIEW = { name: 'view', page: '/*' };

function build(sessions: number): Chunk {
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (const batch of ordinaryBatches({ sessions, seed: 1 })) builder.add(batch);
  return builder.build();
}

/** The same events of visitors that another secret hashes. */
function rehash(chunk: Chunk, seed: number): Chunk {
  const context = chunk.context();
  const visitor: HashColumn = { high: context.visitor.high.slice(), low: context.visitor.low.slice() };
  for (let row = 0; row < context.count; row += 1) {
    const mixed = hash(`${seed} ${context.visitor.high[row]} ${context.visitor.low[row]}`);
    visitor.high[row] = Number(mixed >> 32n);
    visitor.low[row] = Number(mixed & 0xffffffffn);
  }
  return { ...chunk, context: () => ({ ...context, visitor }) };
}

interface Asked {
  /** Of a sample. */
  bound?: number | undefined;
  /** Only the period that begins then (ms) is sampled. Default: all. */
  sampledFrom?: number;
  query?: string;
}

async function ask(chunk: Chunk, { bound, sampledFrom, query: raw = QUERY }: Asked = {}) {
  const createSet = (from: number) => ({
    async *chunks() {
      yield chunk;
    },
    asOf: TO,
    notes: [],
    ...(bound === undefined || (sampledFrom ?? from) !== from ? {} : { sample: { bound } }),
  });
  const rollups = { now: () => TO };
  const context = {
    rollups,
    chunks: async (_: unknown, { from }: { from: number }) => createSet(from),
    definitions: () => ({ ...NO_GOALS, goal: async (id: string) => toGoal(id, VIEW) }),
  } as unknown as QueryContext;
  const site = { known: { id: 'shop', timezone: 'UTC' }, rollup: {} } as Parameters<typeof getStats>[1];
  const query = await readStatsQuery(context, site.known, new URLSearchParams(raw));
  return (await getStats(context, site, query)).data;
}

const numbersOf = (row: object) =>
  Object.entries(row).filter((entry): entry is [string, number] => typeof entry[1] === 'number');

describe('a sample of visitors', () => {
  it('is off by at most twice what it says in 95 of 100 questions', async () => {
    const chunk = build(2_500);
    const { count, visitor } = chunk.context();
    const visitors = new Set(
      Array.from({ length: count }, (_, row) => `${visitor.high[row]} ${visitor.low[row]}`),
    );
    const whole = await ask(chunk);
    const truth = { ...whole.totals, visitors: visitors.size };
    const device = whole.breakdowns.device ?? [];
    const within = new Map<string, number>();
    const note = (name: string, isWithin: boolean) =>
      within.set(name, (within.get(name) ?? 0) + (isWithin ? 1 : 0));
    for (let seed = 0; seed < 100; seed += 1) {
      const sampled = await ask(rehash(chunk, seed), { bound: BOUND });
      expect(sampled.sample?.share).toBe(SHARE);
      for (const [name, value] of numbersOf(truth)) {
        const error = sampled.standard_errors?.[name] ?? 0;
        const estimate = Number(sampled.totals[name as keyof typeof truth]);
        note(name, Math.abs(estimate - value) <= 2 * error);
      }
      for (const row of device) {
        const found = sampled.breakdowns.device?.find(({ value }) => value === row.value);
        for (const name of ['visitors', 'sessions', 'events'] as const) {
          const error = found?.standard_errors?.[name] ?? 0;
          note(`${row.value} ${name}`, Math.abs((found?.[name] ?? 0) - (row[name] ?? 0)) <= 2 * error);
        }
      }
    }
    expect(Object.fromEntries([...within].filter(([, times]) => times < 95))).toEqual({});
    expect(within.size).toBeGreaterThan(10);
  });

  it('says nothing where too few visitors are in it', async () => {
    const sampled = await ask(rehash(build(60), 1), { bound: BOUND });
    expect(sampled.sample?.visitors).toBeLessThan(30);
    expect(sampled.standard_errors).toBeNull();
    expect(sampled.totals).toMatchObject({ visitors: null, events: null });
    expect(sampled.breakdowns.device?.every((row) => row.standard_errors === null)).toBe(true);
    expect(sampled.note_codes?.map(({ code }) => code)).toEqual(['sampled', 'sample_too_small']);
  });

  it('has errors for each row that it has, and none where groups of visitors do not know them', async () => {
    const query = `${QUERY},hour_of_week`;
    const { breakdowns } = await ask(rehash(build(2_500), 1), { bound: BOUND, query });
    const [hour] = breakdowns.hour_of_week ?? [];
    expect(hour?.page_views).toBeGreaterThan(0);
    expect(hour?.standard_errors).toMatchObject({ page_views: null, events: null });
    // Without a filter, a goal alone is enough to need columns.
    const ofGoal = await ask(rehash(build(2_500), 1), {
      ...{ bound: BOUND, query: `site=shop&from=${FROM}&to=${TO}&goal=view&breakdown=device` },
    });
    expect(ofGoal.sample?.share).toBe(SHARE);
    expect(ofGoal.breakdowns.device?.[0]?.standard_errors?.sessions).toBeGreaterThan(0);
  });

  it('has groups that remember no more together than the sample does', () => {
    const bounds = [FROM, TO];
    const calendar = getCalendar('UTC');
    const plan: NumbersPlan = {
      ...{ conditions: [], level: 'session', calendar, from: FROM, to: TO, bounds },
      ...{
        rowsOfEach: false,
        fiveMinuteTotals: false,
        dimensions: [],
        axes: [{ name: 'plan', fields: ['prop:plan'] }],
      },
    };
    const ofSample = new Numbers(plan).facts;
    const ofGroups = new NumbersByGroup(plan).groups.map(({ facts }) => facts);
    const { int } = createRandom(1);
    for (let index = 0; index < 200_000; index += 1) {
      const [high, low] = [int(2 ** 32), int(2 ** 32)];
      for (const facts of [ofSample, ofGroups[0]]) {
        const row = facts?.at('plan', 'pro');
        if (row) facts?.addVisitor(row, high, low);
      }
    }
    // As many as one group alone has room for a part of, whom the sample has room for.
    expect(ofSample.share).toBe(1);
    expect(ofGroups[0]?.share).toBeGreaterThan(1);
    const sum = (name: 'distinctBytes' | 'rows') => ofGroups.reduce((all, { max }) => all + max[name], 0);
    expect(sum('distinctBytes')).toBe(ofSample.max.distinctBytes);
    expect(sum('rows')).toBeLessThan(SAMPLE_GROUPS * ofSample.max.rows);
  });

  describe('of the compared period', () => {
    const compare = (from: number) => `&compare=custom&compare_from=${from}&compare_to=${TO}&sort=change`;
    const LATER = FROM + 3_600_000;

    it('says how far its totals and rows are off', async () => {
      const chunk = rehash(build(2_500), 1);
      const asked = { bound: BOUND, sampledFrom: LATER, query: QUERY + compare(LATER) };
      const { sample, standard_errors, previous, breakdowns, notes } = await ask(chunk, asked);
      expect({ sample, standard_errors }).toEqual({ sample: undefined, standard_errors: undefined });
      expect(previous?.sample?.share).toBe(SHARE);
      expect(previous?.totals.events).toBeGreaterThan(0);
      expect(previous?.standard_errors?.events).toBeGreaterThan(0);
      for (const row of breakdowns.device ?? []) {
        expect(row).not.toHaveProperty('standard_errors');
        expect(row.previous?.standard_errors?.events).toBeGreaterThan(0);
      }
      expect(notes).toEqual([expect.stringMatching(/^compared period: estimates/)]);
    });

    it('is unknown where too few visitors are in it, and so is what it does not have', async () => {
      const chunk = rehash(build(60), 1);
      const asked = { bound: BOUND, sampledFrom: LATER, query: QUERY + compare(LATER) };
      const { totals, previous, breakdowns, note_codes } = await ask(chunk, asked);
      expect(totals.events).toBeGreaterThan(0);
      expect(previous).toMatchObject({ totals: { visitors: null, events: null }, standard_errors: null });
      const before = (breakdowns.page ?? []).map((row) => row.previous);
      expect(before).toContain(null);
      for (const row of before) if (row) expect(row.page_views).toBeGreaterThan(0);
      expect(note_codes?.map(({ code }) => code)).toEqual(['sampled', 'sample_too_small']);
    });

    it('has no rows of its own where the range is sampled: they may have occurred', async () => {
      const chunk = rehash(build(60), 1);
      const asked = { bound: BOUND, sampledFrom: FROM, query: QUERY + compare(LATER) };
      const { breakdowns, note_codes } = await ask(chunk, asked);
      for (const row of breakdowns.page ?? []) expect(row.page_views).toBeGreaterThan(0);
      expect(note_codes?.map(({ code }) => code)).toContain('compared_rows_cut');
    });
  });

  it('takes the same visitors of each day, as many as may be read', () => {
    const slices = (of: number, bytes: number) =>
      Array.from({ length: of }, (_, index) => ({
        ref: { id: '', groups: {}, slice: { index, of } },
        bytes,
      }));
    const whole = { ref: { id: '', groups: {} }, bytes: 10 };
    // Of a busy day of 8 slices, and of a quiet one of 2.
    const segments = [...slices(8, 100), ...slices(2, 50), whole];
    expect(findBound(segments, 10_000)).toEqual({ bound: MAX_SLICES - 1 });
    expect(findBound(segments, 460)).toEqual({ bound: MAX_SLICES / 2 });
    expect(findBound(segments, 260)).toEqual({ bound: MAX_SLICES / 4 });
    expect(findBound(segments, 100)).toBeUndefined();
  });
});

describe('slices of a chunk', () => {
  it('have each event once, sessions whole, and the visitors that their place says', () => {
    const chunk = build(400);
    expect(countSlices(50_000)).toBe(1);
    expect(countSlices(50_001)).toBe(2);
    expect(countSlices(1e9)).toBe(MAX_SLICES);
    const slices = [...sliceChunk(chunk, 8)];
    expect(slices.reduce((sum, one) => sum + one.chunk.events, 0)).toBe(chunk.events);
    const sessions = new Set<string>();
    for (const { chunk: part, slice } of slices) {
      const { session } = part.ids();
      for (let row = 0; row < session.high.length; row += 1) {
        const id = `${session.high[row]} ${session.low[row]}`;
        expect(sessions.has(id)).toBe(false);
        sessions.add(id);
      }
      for (const key of listSampleKeys(part.context())) {
        expect(key).toBeGreaterThanOrEqual(firstKey(slice));
        expect(key).toBeLessThan(firstKey(slice) + MAX_SLICES / slice.of);
      }
    }
    expect(sessions.size).toBe(chunk.context().sessions);
  });
});
