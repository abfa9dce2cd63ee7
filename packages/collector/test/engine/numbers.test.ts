import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PROPERTY_CHARS } from '../../src/budgets.js';
import type { Chunk } from '../../src/columns/chunk.js';
import { toProperties } from '../../src/columns/event-properties.js';
import { type Field, isPropertyField, propertyKey } from '../../src/engine/condition.js';
import { Numbers } from '../../src/engine/numbers.js';
import type { Axis, NumbersPlan } from '../../src/engine/numbers-plan.js';
import { scanChunk } from '../../src/engine/scan-chunk.js';
import { cutText } from '../../src/events/bound-key.js';
import { DIMENSIONS, eventName, sessionValue } from '../../src/events/dimensions.js';
import { getHost } from '../../src/events/page-path.js';
import { parseFilters } from '../../src/query/filters.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import { addBatch, emptyRollup, type Rollup } from '../../src/rollup/aggregate.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { batches, FROM, hash, TO } from '../columns/histories.js';
import { bounds, cuts, filters, HOUR, toChunks, toSet } from './chunks.js';
import { addUp, pick } from './naive.js';

async function count(chunks: Chunk[], plan: NumbersPlan): Promise<Numbers> {
  const numbers = new Numbers(plan);
  for await (const { chunk, selection } of selectChunks(toSet(chunks), plan))
    scanChunk(numbers, chunk, selection);
  return numbers;
}

const plain = ({
  totals,
  revenue,
  payments,
  visitors,
  unnumbered_sessions,
  fiveMinuteTotals,
  rows,
}: Rollup) => ({
  totals,
  revenue: Object.fromEntries(revenue),
  payments: Object.fromEntries(payments),
  visitors: visitors.toBytes(),
  unnumbered: unnumbered_sessions.toBytes(),
  fiveMinuteTotals: Object.fromEntries(fiveMinuteTotals),
  rows: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, Object.fromEntries(rows[dimension])])),
});

const planOf = (filters: string, bounds: number[], more: Partial<NumbersPlan> = {}): NumbersPlan => ({
  conditions: parseFilters(new URLSearchParams(filters)),
  level: 'session',
  calendar: getCalendar('UTC'),
  from: bounds[0] ?? FROM,
  to: bounds.at(-1) ?? TO,
  bounds,
  rowsOfEach: true,
  fiveMinuteTotals: true,
  dimensions: DIMENSIONS,
  axes: [],
  ...more,
});

describe('numbers from columns', () => {
  it('are those of a plain sum over the batches of sessions that pass, however chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(batches, filters, bounds, cuts, async (history, query, range, hours) => {
        const plan = planOf(query, range);
        const numbers = await count(toChunks(history, hours), plan);
        const expected = addUp(pick(history, { ...plan, conditions: [...plan.conditions], bounds: range }), {
          bounds: range,
        });
        expect(numbers.buckets.map(({ rollup }) => plain(rollup))).toEqual(expected.map(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same by whole contexts, where no bound parts a chunk', async () => {
    await fc.assert(
      fc.asyncProperty(batches, filters, cuts, async (history, query, hours) => {
        const whole = { rowsOfEach: false, fiveMinuteTotals: false };
        const plan = planOf(query, [FROM, TO], whole);
        const chunks = toChunks(history, hours);
        const [expected] = addUp(
          pick(history, { ...plan, conditions: [...plan.conditions], bounds: [FROM, TO] }),
          {
            bounds: [FROM, TO],
          },
        );
        const numbers = await count(chunks, plan);
        const rowsAlone = await count(chunks, { ...plan, totals: false });
        const withVisitors = await count(chunks, { ...plan, totals: false, visitors: true });
        const [found, alone, visited] = [numbers, rowsAlone, withVisitors].map(
          ({ buckets }) => buckets[0]?.rollup ?? emptyRollup(),
        );
        const { fiveMinuteTotals: _, ...counted } = plain(expected ?? emptyRollup());
        expect(found && plain(found)).toEqual({ ...counted, fiveMinuteTotals: {} });
        expect(alone && plain(alone).rows).toEqual(counted.rows);
        expect(alone?.visitors.count()).toBe(0);
        expect(visited?.visitors.toBytes()).toEqual(counted.visitors);
        expect(visited && plain(visited).rows).toEqual(counted.rows);
      }),
      { numRuns: 200 },
    );
  });

  it('are of what sessions did within the range alone', async () => {
    const at = (hour: number, country: string, page: string) =>
      ({
        ...{ site: 'shop', session_id: 's', visitor_id: 'v', batch: `b${hour}`, expires_at: 0, country },
        received_at: FROM + hour * HOUR,
        events: [
          { event_id: `e${hour}`, event_type: 'page_view', page_url: page, timestamp: FROM + hour * HOUR },
        ],
      }) as StoredBatch;
    const chunks = toChunks([at(1, 'KR', '/a'), at(2, 'DE', '/b')], []);
    const views = async (filters: string) => {
      const { buckets } = await count(chunks, planOf(filters, [FROM + 2 * HOUR, TO]));
      return buckets[0]?.rollup.totals.page_views;
    };
    expect(await views('country=KR')).toBe(0);
    expect(await views('country=!KR')).toBe(1);
    expect(await views('page=/a')).toBe(0);
    expect(await views('page=!/a')).toBe(1);
  });

  it('count single events that pass, and the sessions and visitors that had one', async () => {
    const ofEvents = filters.filter((query) => !query.includes('exit_page'));
    await fc.assert(
      fc.asyncProperty(batches, ofEvents, bounds, cuts, async (history, query, range, hours) => {
        const plan = planOf(query, range, { level: 'event', rowsOfEach: false });
        const numbers = await count(toChunks(history, hours), plan);
        const picked = pick(history, { ...plan, conditions: [...plan.conditions], bounds: range });
        const expected = addUp(picked, { bounds: range });
        for (const [index, { start, end, rollup }] of numbers.buckets.entries()) {
          const inside = picked.filter(({ received_at }) => received_at >= start && received_at < end);
          const withoutSessions = {
            sessions: 0,
            second_views: 0,
            converting_sessions: 0,
            engaged_sessions: 0,
          };
          expect(rollup.totals).toEqual({ ...expected[index]?.totals, ...withoutSessions });
          expect(rollup.visitors.toBytes()).toEqual(expected[index]?.visitors.toBytes());
          expect(rollup.unnumbered_sessions.count()).toBe(distinct(inside, ({ session_id }) => session_id));
        }
        for (const [country] of numbers.buckets[0]?.rollup.rows.country ?? []) {
          const of = picked.filter((batch) => (batch.country ?? '(unknown)') === country);
          expect(numbers.facts.find('country', country)).toMatchObject({
            visitors: distinct(of, ({ visitor_id }) => visitor_id),
            sessions: distinct(of, ({ session_id }) => session_id),
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('know of each row its visitors, its sessions and its revenue', async () => {
    const axes: Axis[] = [
      { name: 'prop:key-1', fields: ['prop:key-1'] },
      { name: 'prop:key-2', fields: ['prop:key-2'], event: 'custom-1' },
      { name: 'country*event_name', fields: ['country', 'event_name'] },
      { name: 'country*device', fields: ['country', 'device'] },
      { name: 'hostname', fields: ['hostname'] },
    ];
    await fc.assert(
      fc.asyncProperty(batches, filters, cuts, async (history, query, hours) => {
        const plan = planOf(query, [FROM, TO], { axes });
        const numbers = await count(toChunks(history, hours), plan);
        const picked = pick(history, { ...plan, conditions: [...plan.conditions], bounds: [FROM, TO] });
        for (const axis of axes) {
          const rows = listRows(picked, axis);
          const found = numbers.rows.get(axis.name) ?? new Map();
          expect([...found.keys()].sort()).toEqual([...rows.keys()].sort());
          for (const [value, here] of rows) {
            const fact = numbers.facts.find(axis.name, value);
            expect(found.get(value)?.events).toBe(here.length);
            expect(fact?.visitors).toBe(distinct(here, ({ batch }) => batch.visitor_id));
            if (axis.name !== 'country*device') expect(fact?.sessions).toBe(began(here, picked));
            expect(Object.fromEntries(fact?.revenue ?? [])).toEqual(revenueOf(here));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

const distinct = <Item>(items: Item[], getId: (item: Item) => string): number =>
  new Set(items.map(getId)).size;

/** Sessions of the events that began, with a first view or one that has no ordinal. */
const began = (here: Happened[], picked: StoredBatch[]): number => {
  const views = picked.flatMap(({ session_id, events }) =>
    events.some((event) => event.event_type === 'page_view' && (event.view ?? 0) < 2) ? [session_id] : [],
  );
  return distinct(
    here.filter(({ batch }) => views.includes(batch.session_id)),
    ({ batch }) => batch.session_id,
  );
};

interface Happened {
  batch: StoredBatch;
  event: StoredEvent;
}

/** The events of each row, found one by one. */
function listRows(history: StoredBatch[], { fields, event: name }: Axis): Map<string, Happened[]> {
  const rows = new Map<string, Happened[]>();
  for (const batch of history) {
    for (const event of batch.events) {
      if (name !== undefined && eventName(event) !== name) continue;
      const values = fields.map((field) => getValue(batch, event, field));
      if (values.includes(undefined)) continue;
      const value = values.join('\u001f');
      rows.set(value, [...(rows.get(value) ?? []), { batch, event }]);
    }
  }
  return rows;
}

function getValue(batch: StoredBatch, event: StoredEvent, field: Field): string | undefined {
  if (isPropertyField(field)) {
    const found = toProperties(event).find(([key]) => key === propertyKey(field));
    return found && cutText(String(found[1]), MAX_PROPERTY_CHARS);
  }
  if (field === 'event_name') return eventName(event);
  if (field === 'hostname') return getHost(event.page_url);
  return sessionValue(batch, field === 'device' ? 'device' : 'country');
}

function revenueOf(happened: Happened[]): Record<string, number> {
  const rollup = emptyRollup();
  for (const { batch, event } of happened) addBatch(rollup, { ...batch, events: [event] }, { hash });
  return Object.fromEntries(rollup.revenue);
}
