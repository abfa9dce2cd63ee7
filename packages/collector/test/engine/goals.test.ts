import type { GoalInput } from '@liveinsight/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import type { Condition } from '../../src/engine/condition.js';
import { selectByRule } from '../../src/engine/event-rule.js';
import { Numbers } from '../../src/engine/numbers.js';
import type { NumbersPlan } from '../../src/engine/numbers-plan.js';
import { scanChunk } from '../../src/engine/scan-chunk.js';
import { eventName, sessionValue } from '../../src/events/dimensions.js';
import { toMicros } from '../../src/events/money.js';
import { toPage } from '../../src/events/page-path.js';
import { parseFilters } from '../../src/query/filters.js';
import { toGoal } from '../../src/query/goal.js';
import { isMeant } from '../../src/query/raw-filters.js';
import { createSelect } from '../../src/query/select-chunks.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { batches, FROM, TO } from '../columns/histories.js';
import { bounds, cuts, filters, toChunks, toSet } from './chunks.js';
import { groupBySession, pick } from './naive.js';

/** Goals, and by their definition whether an event meets them. */
const GOALS: [Omit<GoalInput, 'name'>, (event: StoredEvent) => boolean][] = [
  [{ page: '/page-1' }, (event) => isView(event) && toPage(event.page_url) === '/page-1'],
  [{ page: '/page-*' }, (event) => isView(event) && toPage(event.page_url).startsWith('/page-')],
  [{ event: 'custom-1' }, (event) => eventName(event) === 'custom-1'],
  [{ event: 'goal-*' }, (event) => conversionType(event)?.startsWith('goal-') === true],
  [{ event: 'click', page: '/page-2' }, (event) => eventName(event) === 'click' && onPage(event, '/page-2')],
  [{ conversion: 'goal-0' }, (event) => conversionType(event) === 'goal-0'],
  [{ conversion: '*' }, (event) => (conversionType(event) ?? '') !== ''],
  [{ scroll_pct: 40 }, (event) => scrolled(event) >= 40],
  [{ scroll_pct: 1, page: '/page-3' }, (event) => scrolled(event) >= 1 && onPage(event, '/page-3')],
  [{ event: '*', properties: { 'key-1': 'text-1' } }, (event) => propertyOf(event, 'key-1') === 'text-1'],
  [
    { event: '*', properties: { 'key-2': ['>=1', '<10'], 'key-3': '!*' } },
    (event) => {
      const [number, other] = [Number(propertyOf(event, 'key-2') || Number.NaN), propertyOf(event, 'key-3')];
      const isSet = other !== undefined && !['', '(direct)', '(unknown)'].includes(String(other));
      return number >= 1 && number < 10 && !isSet;
    },
  ],
];

const isView = ({ event_type }: StoredEvent) => event_type === 'page_view';
const onPage = (event: StoredEvent, page: string) => toPage(event.page_url) === page;
const conversionType = (event: StoredEvent) =>
  event.event_type === 'conversion' ? event.conversion_type : undefined;
const scrolled = (event: StoredEvent) => ('scroll_pct' in event ? (event.scroll_pct ?? 0) : 0);
const propertyOf = (event: StoredEvent, wanted: string) =>
  toProperties(event).find(([key]) => key === wanted)?.[1];

const WORTH = [{}, { value: 2.5, currency: 'EUR' }, { value_property: 'key-2', currency: 'KRW' }] as const;
const goals = fc.record({ goal: fc.constantFrom(...GOALS), worth: fc.constantFrom(...WORTH) });

function amountOf(event: StoredEvent, worth: (typeof WORTH)[number]): [string, number] | undefined {
  if ('value' in worth) return [worth.currency, worth.value];
  if ('value_property' in worth) {
    const amount = Number(propertyOf(event, 'key-2') || Number.NaN);
    return Math.abs(amount) <= 9e9 ? [worth.currency, amount] : undefined;
  }
  if (event.event_type !== 'conversion' || event.value === undefined || !event.currency) return undefined;
  return [event.currency, event.value];
}

const planOf = (conditions: Condition[], range: number[], goal?: NumbersPlan['goal']): NumbersPlan => ({
  ...{ conditions, goal, bounds: range, level: 'session', calendar: getCalendar('UTC') },
  ...{ from: range[0] ?? FROM, to: range.at(-1) ?? TO, rowsOfEach: false, fiveMinuteTotals: false },
  dimensions: ['page', 'country', 'event_name'],
  axes: [{ name: 'hostname', fields: ['hostname'] }],
});

/** What the events of some batches that meet a goal add up to. */
function sum(some: StoredBatch[], meets: (event: StoredEvent) => boolean, worth: (typeof WORTH)[number]) {
  const met = some.flatMap(({ session_id, events }) =>
    events.filter(meets).map((event) => ({ session_id, event })),
  );
  const amounts: Record<string, number> = {};
  for (const { event } of met) {
    const [currency, amount] = amountOf(event, worth) ?? [];
    // Less than a millionth of a cent is no amount.
    if (currency !== undefined && amount !== undefined)
      amounts[currency] = (amounts[currency] ?? 0) + toMicros(amount) / 1e6;
  }
  return {
    conversions: met.length,
    sessions: new Set(met.map(({ session_id }) => session_id)).size,
    amounts: rounded(amounts),
  };
}

const NOTHING = { conversions: 0, sessions: 0, amounts: new Map<string, number>() };

const rounded = (amounts: Record<string, number>) =>
  Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, amount.toPrecision(7)]));

describe('goals', () => {
  it('mean the same events in columns and in the log, and those of their definition', () => {
    fc.assert(
      fc.property(batches, fc.constantFrom(...GOALS), cuts, (history, [input, meets], hours) => {
        const { rule } = toGoal('g', { name: 'goal', ...input });
        const events = history.filter(({ bot }) => !bot).flatMap((batch) => batch.events);
        for (const event of events) expect(isMeant(event, rule), JSON.stringify(event)).toBe(meets(event));
        const selected = toChunks(history, hours).flatMap((chunk) => [...selectByRule(chunk, rule)]);
        expect(selected.filter((one) => one === 1).length).toBe(events.filter(meets).length);
      }),
      { numRuns: 300 },
    );
  });

  it('are counted of all, by bucket and by row as a plain sum has them', async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        filters,
        goals,
        bounds,
        cuts,
        async (history, query, { goal, worth }, range, hours) => {
          const [input, meets] = goal;
          const plan = planOf(
            parseFilters(new URLSearchParams(query)),
            range,
            toGoal('g', { name: 'goal', ...input, ...worth } as GoalInput),
          );
          const numbers = new Numbers(plan);
          const chunks = toChunks(history, hours);
          const select = await createSelect(toSet(chunks), plan);
          for (const chunk of chunks) numbers.goal?.add(chunk, select(chunk));
          for (const chunk of chunks) scanChunk(numbers, chunk, select(chunk));

          const picked = pick(history, { ...plan, conditions: [...plan.conditions], bounds: range });
          const shown = (totals = NOTHING) => ({
            conversions: totals.conversions,
            sessions: totals.sessions,
            amounts: rounded(
              Object.fromEntries([...totals.amounts].map(([currency, micros]) => [currency, micros / 1e6])),
            ),
          });
          expect(shown(numbers.goal?.total)).toEqual(sum(picked, meets, worth));
          for (const index of range.slice(1).keys()) {
            const [from = 0, to = 0] = range.slice(index);
            const here = picked.filter(({ received_at }) => received_at >= from && received_at < to);
            expect(shown(numbers.goal?.ofBucket(index))).toEqual(sum(here, meets, worth));
          }
          const sessions = groupBySession(picked);
          const rows: [string, string, (batch: StoredBatch) => boolean][] = [
            ['country', 'KR', (batch) => sessionValue(batch, 'country') === 'KR'],
            ['event_name', 'click', ({ events }) => events.some((event) => eventName(event) === 'click')],
            [
              'hostname',
              'shop.example',
              ({ events }) => events.some((event) => event.page_url?.startsWith('https://www.shop')),
            ],
          ];
          for (const [axis, value, isIn] of rows) {
            const fact = numbers.facts.find(axis, value);
            const those = [...sessions.values()].filter((some) => some.some(isIn)).flat();
            expect([axis, shown(fact && numbers.goal?.ofRows(fact.rows))]).toEqual([
              axis,
              sum(those, meets, worth),
            ]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
