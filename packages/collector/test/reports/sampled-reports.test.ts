/** Reports from a sample of visitors: how far they are off, and what they say of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_SLICES } from '../../src/budgets.js';
import type { Chunk, HashColumn } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import type { QueryContext } from '../../src/query/query-context.js';
import { getActions } from '../../src/reports/actions.js';
import { getAttribution } from '../../src/reports/attribution.js';
import { getErrors } from '../../src/reports/errors.js';
import { getExperiment } from '../../src/reports/experiment.js';
import { getFunnel } from '../../src/reports/funnel.js';
import { getProperties } from '../../src/reports/properties.js';
import { getRetention } from '../../src/reports/retention.js';
import { getRevenue } from '../../src/reports/revenue.js';
import { getWebVitals } from '../../src/reports/web-vitals.js';
import type { ResolvedSite } from '../../src/sites/site-registry.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { FROM, hash } from '../columns/histories.js';
import { ordinaryBatches } from '../columns/ordinary.js';
import { NO_GOALS } from '../engine/chunks.js';
import { createRandom } from '../tail/random.js';

const DAY_MS = 86_400_000;
const DAYS = 3;
const TO = FROM + DAYS * DAY_MS;
const BOUND = MAX_SLICES / 4;
const SHARE = BOUND / MAX_SLICES;
const site = { id: 'shop', timezone: 'UTC', retentionDays: DAYS, shards: { steps: [{ count: 1 }] } };
const RANGE = `site=shop&from=${FROM}&to=${TO}`;

/** What pages report besides: how fast they were, errors, links and what they looked like. */
function withReports(batch: StoredBatch, { int, maybe }: ReturnType<typeof createRandom>): StoredBatch {
  const [first] = batch.events;
  if (!first) return batch;
  const custom = (name: string, props: Record<string, string | number>, after: number): StoredEvent => ({
    ...{ event_id: `${first.event_id}.${name}.${after}`, event_type: 'custom', name, props },
    timestamp: first.timestamp + after,
    ...(first.page_url === undefined ? {} : { page_url: first.page_url }),
  });
  const variant = Number(hash(`variant ${batch.visitor_id}`) % 2n) === 0 ? 'control' : 'blue';
  const reports = [
    custom('seen', { variant }, 0),
    custom('web_vital', { name: 'TTFB', value: 200 + int(2_000) }, 1),
    custom('web_vital', { name: 'LCP', value: 500 + int(5_000) }, 2),
    custom('web_vital', { name: 'CLS', value: int(1_000) / 1_000 }, 3),
    ...(maybe(0.3) ? [custom('web_vital', { name: 'CLS', value: int(1_000) / 1_000 }, 4)] : []),
    ...(maybe(0.4) ? [custom('error', { message: `bad ${int(3)}`, source: '/a.js', release: '1' }, 5)] : []),
    ...(maybe(0.4) ? [custom('search', { query: `shoes ${int(3)}` }, 6)] : []),
  ];
  return { ...batch, events: [...batch.events, ...reports] };
}

/** Some visitors come on several days. Nobody is known as a user. */
function build(sessions: number): Chunk {
  const random = createRandom(1);
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (let day = 0; day < DAYS; day += 1)
    for (const { user_id: _, ...batch } of ordinaryBatches({ sessions, seed: day + 1 }))
      builder.add(
        withReports(
          {
            ...batch,
            visitor_id: batch.visitor_id?.replace(/^v\d+/, 'v'),
            received_at: batch.received_at + day * DAY_MS,
            events: batch.events.map((event) => ({ ...event, timestamp: event.timestamp + day * DAY_MS })),
          },
          random,
        ),
      );
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

/** As a store answers that has more than may be read: with a sample where one may be taken. */
function toContext(chunk: Chunk, bound?: number): QueryContext {
  return {
    rollups: { now: () => TO, newest: async () => undefined },
    chunks: async (_: unknown, __: unknown, ___: unknown, { maySample = false } = {}) => ({
      async *chunks() {
        yield chunk;
      },
      asOf: TO,
      notes: [],
      ...(bound !== undefined && maySample ? { sample: { bound } } : {}),
    }),
    definitions: () => NO_GOALS,
    events: { arrivals: async () => ({ batches: [] }) },
  } as unknown as QueryContext;
}

interface Answer {
  sample?: { share: number; visitors: number };
  note_codes?: { code: string }[];
}

/** An answer, and its numbers by name, each with how far it may be off. */
interface Asked {
  answer: Answer;
  numbers: Map<string, { value: number; error: number | null | undefined }>;
}

type Ask = (chunk: Chunk, bound?: number) => Promise<Asked>;

const listNumbers = (prefix: string, row: object, names: string[]) =>
  names.map((name) => {
    const { [name]: value, standard_errors } = row as Record<string, unknown>;
    const errors = standard_errors as Record<string, number> | undefined;
    return [`${prefix} ${name}`, { value: Number(value), error: errors?.[name] }] as const;
  });

const ASK: Record<string, Ask> = {
  async funnel(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&steps=page:/page*,event:event*,conversion:buy`);
    const answer = await getFunnel(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = answer.steps.flatMap((step, index) =>
      listNumbers(String(index), step, index === 0 ? ['sessions'] : ['sessions', 'from_first', 'median_ms']),
    );
    return { answer, numbers: new Map(numbers) };
  },
  async retention(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&period=day`);
    const answer = await getRetention(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = answer.cohorts.flatMap(({ start, visitors, returned, standard_errors }) => [
      [`${start} visitors`, { value: visitors ?? Number.NaN, error: standard_errors?.visitors }] as const,
      ...returned.map(
        (value, period) =>
          [`${start} ${period}`, { value, error: standard_errors?.returned[period] }] as const,
      ),
    ]);
    return { answer, numbers: new Map(numbers) };
  },
  async properties(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&key=seats&breakdown=device`);
    const answer = await getProperties(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = [
      ...answer.properties.flatMap((property) => [
        ...listNumbers(property.key, property, ['events']),
        ...listNumbers(property.key, property.numbers ?? {}, ['count', 'sum', 'average']),
      ]),
      ...(answer.rows ?? []).flatMap((row) => listNumbers(row.value, row, ['count', 'sum', 'average'])),
    ];
    return { answer, numbers: new Map(numbers) };
  },
  async 'web vitals'(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&breakdown=device`);
    const answer = await getWebVitals(toContext(chunk, bound), site as ResolvedSite, query);
    const rows = [{ value: '', metrics: answer.metrics }, ...(answer.rows ?? [])];
    const numbers = rows.flatMap(({ value, metrics }) =>
      metrics.flatMap((metric) =>
        listNumbers(`${value} ${metric.metric}`, metric, [
          'count',
          'p50',
          'p75',
          'p90',
          'p95',
          'good',
          'poor',
        ]),
      ),
    );
    return { answer, numbers: new Map(numbers) };
  },
  async errors(chunk, bound) {
    const answer = await getErrors(toContext(chunk, bound), site as ResolvedSite, new URLSearchParams(RANGE));
    return { answer, numbers: listGroups(answer, answer.errors, ({ message }) => message) };
  },
  async searches(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&kind=searches`);
    const answer = await getActions(toContext(chunk, bound), site as ResolvedSite, query);
    return { answer, numbers: listGroups(answer, answer.rows, ({ value }) => value) };
  },
  async revenue(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&breakdown=device`);
    const answer = await getRevenue(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = [
      ...answer.totals.flatMap((amount) => listNumbers('', amount, AMOUNTS)),
      ...answer.rows.flatMap((row) => [
        ...listNumbers(row.value, row, ['visitors']),
        ...row.amounts.flatMap((amount) => listNumbers(row.value, amount, AMOUNTS)),
      ]),
    ];
    return { answer, numbers: new Map(numbers) };
  },
  async attribution(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&breakdown=device&lookback=1d`);
    const answer = await getAttribution(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = answer.rows.flatMap(({ value, first_touch, last_touch }) => [
      ...listNumbers(`${value} first`, first_touch, ['conversions']),
      ...listNumbers(`${value} last`, { ...last_touch, revenue_EUR: last_touch.revenue.EUR }, [
        'conversions',
        'revenue_EUR',
      ]),
    ]);
    return { answer, numbers: new Map(numbers) };
  },
  async experiment(chunk, bound) {
    const query = new URLSearchParams(`${RANGE}&prop=variant&goal=buy`);
    const answer = await getExperiment(toContext(chunk, bound), site as ResolvedSite, query);
    const numbers = answer.variants.flatMap((one) =>
      listNumbers(one.variant, one, ['visitors', 'conversions', 'conversion_rate']),
    );
    return { answer, numbers: new Map(numbers) };
  },
};

const AMOUNTS = ['orders', 'revenue', 'average_order_value'];

const listGroups = <Row extends object>(total: object, rows: readonly Row[], toKey: (row: Row) => string) =>
  new Map([
    ...listNumbers('', total, ['events']),
    ...rows.flatMap((row) => listNumbers(toKey(row), row, ['events', 'sessions', 'visitors'])),
  ]);

/** What an answer says besides. */
const NOTES: Record<string, string[]> = { attribution: ['users_apart'] };

describe.each(Object.entries(ASK))('%s from a sample of visitors', (name, ask) => {
  let chunk: Chunk;
  let whole: Asked;

  beforeAll(async () => {
    chunk = build(450);
    whole = await ask(chunk);
  });

  it('is off by at most twice what it says in 95 of 100 questions', async () => {
    expect(whole.answer.sample).toBeUndefined();
    const within = new Map<string, number>();
    for (let seed = 0; seed < 100; seed += 1) {
      const { answer, numbers } = await ask(rehash(chunk, seed), BOUND);
      expect(answer.sample?.share).toBe(SHARE);
      expect(answer.note_codes?.map(({ code }) => code)).toEqual(['sampled', ...(NOTES[name] ?? [])]);
      for (const [number, { value }] of whole.numbers) {
        const found = numbers.get(number);
        const isWithin = found !== undefined && Math.abs(found.value - value) <= 2 * (found.error ?? 0);
        within.set(number, (within.get(number) ?? 0) + (isWithin ? 1 : 0));
      }
    }
    expect(Object.fromEntries([...within].filter(([, times]) => times < 95))).toEqual({});
    expect(within.size).toBeGreaterThan(5);
  });

  it('is of the newest days instead where too few visitors are in it', async () => {
    const few = build(30);
    const { answer, numbers } = await ask(few, BOUND);
    expect(answer.sample).toBeUndefined();
    expect(numbers).toEqual((await ask(few)).numbers);
  });
});
