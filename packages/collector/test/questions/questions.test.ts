/**
 * Random questions for `GET /api/stats` over random histories, in a collector over an embedded database: closed days by column,
 * open hours, several shards. Each response equals a plain fold over the stored events.
 *
 * LIVEINSIGHT_QUESTIONS=2000 asks more of them, LIVEINSIGHT_SEED=7 others.
 *
 * It fails, tried one by one, where
 * - a filter about sessions looks at single events, or at each day by itself; a negated one counts as a plain one
 * - what arrived after the range decides whether a session passes (ranges that end among the arrivals of a session catch it)
 * - `exit_page` is the first page of a session instead of the last
 * - a shard is left out of columns, or the newest minute of the tail
 * - engaged time, in totals or in rows, or engaged sessions are counted twice or of other events
 * - a session of two days is what it did on the last of them
 * - a visitor counts in a row once a context; amounts of rows are not the sum
 * - the compared period ends an hour early
 */
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { type Collector, createCollector } from '../../src/collector.js';
import { ADMIN_KEY, READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';
import { createHistory, type SentBatch, toSent } from './history.js';
import { isRow, pickEvents, toRows, toTotals } from './naive.js';
import { createQuestion, type Question, toParameters } from './question.js';

const QUESTIONS = Number(process.env.LIVEINSIGHT_QUESTIONS ?? 60);
const SEED = Number(process.env.LIVEINSIGHT_SEED ?? 1);
const PER_HISTORY = 100;
const HISTORIES = Math.ceil(QUESTIONS / PER_HISTORY);

interface Opened {
  stack: Stack;
  collector: Collector;
  history: SentBatch[];
  now: number;
}

async function open(seed: number): Promise<Opened> {
  const stack = await startStack({ rollUpEverySeconds: 0 });
  const collector = createCollector({
    ...{ store: stack.store, secret: SECRET, sites: [{ id: 'shop', shards: 2 }], rollUpEverySeconds: 0 },
    ...{ readKeys: [READ_KEY], adminKeys: [ADMIN_KEY] },
  });
  const now = Date.now();
  const history = createHistory(seed, now);
  for (const batch of history) {
    await stack.store.append(toSent(batch));
    // Sent again, it is there once.
    if (batch.events.length === 1) await stack.store.append(toSent(batch));
  }
  for (const rule of [{ pattern: '/products/:id' }, { pattern: '/blog/*', name: 'Blog' }]) {
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const init = { method: 'POST', headers, body: JSON.stringify(rule) };
    expect((await collector.fetch(new Request('http://c/api/page-groups', init))).status).toBe(200);
  }
  await collector.rollUp();
  return { stack, collector, history, now };
}

async function ask({ collector }: Opened, query: URLSearchParams): Promise<StatsData> {
  const headers = { authorization: `Bearer ${READ_KEY}` };
  const { data, code, message } = await readReply<StatsData>(
    await collector.fetch(new Request(`http://c/api/stats?${query}`, { headers })),
  );
  expect(code, message).toBe(200);
  return data;
}

type Named = Record<string, unknown>;

/** Numbers that both have; an amount of nothing may be left out. */
function expectNumbers(found: object, expected: Named, of: string): void {
  for (const [name, value] of Object.entries(expected)) {
    const own = (found as Named)[name];
    if (own === undefined && name !== 'revenue') continue;
    if (typeof value === 'number') expect(own, `${name} of ${of}`).toBeCloseTo(value, 6);
    else if (own !== undefined) expect(own, `${name} of ${of}`).toEqual(value);
  }
}

function checkTotals(opened: Opened, question: Question, data: StatsData): void {
  const fold = (from: number, to: number) =>
    toTotals(pickEvents(opened.history, question, from, to), question);
  expectNumbers(data.totals, fold(Date.parse(data.from), Date.parse(data.to)), 'totals');
  const starts = [...data.series.map(({ start }) => Date.parse(start)), Date.parse(data.to)];
  // A session is filtered by what it did within the range, not within one interval.
  const picked = pickEvents(opened.history, question, Date.parse(data.from), Date.parse(data.to));
  for (const [index, point] of data.series.entries()) {
    const [start = 0, end = 0] = starts.slice(index);
    const here = picked.filter(({ batch }) => batch.received_at >= start && batch.received_at < end);
    expectNumbers(point, toTotals(here, question), `the point ${point.start}`);
  }
}

function checkPrevious(opened: Opened, question: Question, { previous }: StatsData): boolean {
  if (!previous || previous.totals.events === null) return false;
  const [from, to] = [Date.parse(previous.from), Date.parse(previous.to)];
  const picked = pickEvents(opened.history, question, from, to);
  expectNumbers(previous.totals, toTotals(picked, question), 'the period before');
  return true;
}

function checkRows(opened: Opened, question: Question, data: StatsData): void {
  const { byEvent } = question;
  const picked = pickEvents(opened.history, question, Date.parse(data.from), Date.parse(data.to));
  const before =
    data.previous &&
    pickEvents(opened.history, question, Date.parse(data.previous.from), Date.parse(data.previous.to));
  for (const breakdown of question.breakdowns) {
    const rows = data.breakdowns[breakdown] ?? [];
    const expected = toRows(picked, breakdown, question);
    const values = [...expected].filter(([, row]) => isRow(breakdown, row, byEvent)).map(([value]) => value);
    expect(rows.map(({ value }) => value).sort(), breakdown).toEqual(values.sort());
    const earlier = before && toRows(before, breakdown, question);
    for (const row of rows) {
      expectRow(row, expected.get(row.value) ?? {}, `${breakdown} ${row.value}`);
      if (row.previous && earlier)
        expectRow(row.previous, earlier.get(row.value) ?? ZERO, `${breakdown} ${row.value} before`);
    }
  }
}

const ZERO = { events: 0, page_views: 0, clicks: 0, conversions: 0, sessions: 0, visitors: 0 };

/** Rows without sessions have no rates. */
function expectRow(row: Omit<BreakdownRow, 'value'>, expected: Named, of: string): void {
  const { revenue = {}, ...numbers } = expected;
  expectNumbers(row, numbers, of);
  if (row.visitors !== undefined && row.visitors !== null) expect(row.revenue ?? {}, of).toEqual(revenue);
}

/** A page of a table is a part of all its rows, in order. */
function checkTable(question: Question, all: StatsData, page: StatsData): void {
  const { sort, order, limit = 100, offset = 0, search = '' } = question.table;
  for (const [name, rows] of Object.entries(all.breakdowns)) {
    const found = rows.filter(({ value, values = [value] }) =>
      values.some((one) => decodeURIComponent(one).toLowerCase().includes(search.toLowerCase())),
    );
    expect(page.row_counts[name]).toBe(found.length);
    const own = page.breakdowns[name] ?? [];
    expect(own).toHaveLength(Math.max(0, Math.min(limit, found.length - offset)));
    const by = (row: BreakdownRow) => Number(row[(sort ?? 'events') as keyof BreakdownRow] ?? Number.NaN);
    if (sort === 'events' || sort === 'conversions') {
      const sorted = found.map(by).sort((a, b) => (order === 'asc' ? a - b : b - a));
      expect(own.map(by)).toEqual(sorted.slice(offset, offset + limit));
    }
    for (const row of own) expect(found.map(({ value }) => value)).toContain(row.value);
  }
}

describe('random questions', () => {
  let opened: Opened | undefined;
  afterEach(async () => {
    await opened?.collector.close();
    await opened?.stack.close();
  });

  it.each(Array.from({ length: HISTORIES }, (_, index) => SEED + index))(
    'about history %i are answered as a plain fold answers them',
    async (seed) => {
      opened = await open(seed);
      const arrivals = opened.history.map(({ received_at }) => received_at);
      let compared = 0;
      for (let number = 0; number < QUESTIONS / HISTORIES; number += 1) {
        const question = createQuestion(1_000_000 * seed + number, opened.now, arrivals);
        const query = toParameters(question, true);
        try {
          const data = await ask(opened, query);
          checkTotals(opened, question, data);
          checkRows(opened, question, data);
          if (checkPrevious(opened, question, data)) compared += 1;
          const { sort } = question.table;
          const hasVisitors = Object.values(data.breakdowns).every((rows) =>
            rows.every(({ visitors }) => visitors !== undefined),
          );
          if (sort !== 'visitors' || hasVisitors)
            checkTable(question, data, await ask(opened, toParameters(question)));
        } catch (error) {
          throw new Error(`question ${number} of history ${seed}: ${decodeURIComponent(String(query))}`, {
            cause: error,
          });
        }
      }
      expect(compared).toBeGreaterThan(0);
    },
    600_000,
  );
});
