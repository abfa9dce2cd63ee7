import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import { rateVital, VITALS, Vitals } from '../../src/engine/vitals.js';
import { toPage } from '../../src/events/page-path.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { batches, FROM } from '../columns/histories.js';
import { cuts, filters } from './chunks.js';
import { pickEvents, restrict, scan } from './shards.js';

const report = fc.record({
  name: fc.constantFrom(...VITALS, 'TTFB', 'TTFB', 'CLS', 'CLS', 'CLS', 'INP', 'FID'),
  value: fc.oneof(
    fc.nat({ max: 5_000 }),
    fc.nat({ max: 50 }).map((cents) => cents / 100),
    fc.constant(-1),
  ),
});

/** Histories in which many events are reports of vitals, of few pages in few sessions. */
const histories = fc
  .tuple(batches, fc.array(fc.option(report, { nil: undefined }), { minLength: 20, maxLength: 60 }))
  .map(([history, reports]): StoredBatch[] => {
    let next = 0;
    // Those of bots would not count.
    return history.map(({ bot: _bot, ...batch }) => ({
      ...batch,
      session_id: `session-${Number(batch.session_id.slice(-1)) % 2}`,
      events: batch.events.map((event): StoredEvent => {
        const props = reports[next++ % reports.length];
        if (!props) return event;
        return {
          ...{ event_id: event.event_id, event_type: 'custom', name: 'web_vital', props },
          timestamp: FROM + (Math.abs(event.timestamp) % 20) * 1_000,
          ...(next % 7 === 0 ? {} : { page_url: `https://shop.example/${next % 2}` }),
        };
      }),
    }));
  });

type Happened = ReturnType<typeof pickEvents>[number];

describe('web vitals', () => {
  it('are of each page load, the last value of those that are reported again', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.oneof(fc.constant(''), filters), cuts, async (history, query, hours) => {
        const restriction = restrict(query);
        const vitals = new Vitals({ ...restriction, field: 'page' });
        await scan(history, hours, restriction, { add: (chunk, selection) => vitals.add(chunk, selection) });

        const happened = pickEvents(history, restriction).flatMap(({ batch, event }) => {
          if (event.event_type !== 'custom' || event.name !== 'web_vital') return [];
          const props = new Map(toProperties(event));
          const [name, value] = [props.get('name'), props.get('value')];
          const vital = VITALS.find((one) => one === name);
          return vital && typeof value === 'number' && value >= 0 ? [{ batch, event, vital, value }] : [];
        });
        const pageOf = ({ event }: Happened) => (event.page_url === undefined ? '' : toPage(event.page_url));
        const isLater = (a: (typeof happened)[number], b: (typeof happened)[number]) =>
          a.event.timestamp - b.event.timestamp ||
          a.batch.received_at - b.batch.received_at ||
          a.value - b.value;
        const counted = happened.filter((one) => {
          if (one.vital !== 'CLS' && one.vital !== 'INP') return true;
          const after = happened.filter(
            (other) =>
              other.batch.session_id === one.batch.session_id &&
              pageOf(other) === pageOf(one) &&
              other !== one,
          );
          const nextLoad = Math.min(
            ...after
              .filter(({ vital, event }) => vital === 'TTFB' && event.timestamp > one.event.timestamp)
              .map(({ event }) => event.timestamp),
          );
          return !after.some(
            (other) =>
              other.vital === one.vital && other.event.timestamp < nextLoad && isLater(other, one) > 0,
          );
        });
        // Reports that are the same in all that orders them count once.
        const distinct = new Map(
          counted.map((one, index) => [
            one.vital === 'CLS' || one.vital === 'INP'
              ? [one.vital, one.batch.session_id, pageOf(one), one.event.timestamp].join()
              : index,
            one,
          ]),
        );
        const expected = new Map<string, number[]>();
        for (const { vital, value, event } of distinct.values()) {
          if (event.page_url === undefined) continue;
          const key = `${toPage(event.page_url)} ${vital}`;
          expected.set(key, [...(expected.get(key) ?? []), value]);
        }
        const found = [...vitals.finish()].flatMap(([page, all]) =>
          all.map(({ vital, count, sum, ratings, percentiles }) => ({
            ...{ key: `${page} ${vital}`, vital, count, sum, ratings, percentiles },
          })),
        );
        expect(found.map(({ key }) => key).sort()).toEqual([...expected.keys()].sort());
        for (const { key, vital, count, sum, ratings, percentiles } of found) {
          const values = (expected.get(key) ?? []).sort((a, b) => a - b);
          expect(count, key).toBe(values.length);
          expect(sum).toBeCloseTo(
            values.reduce((total, value) => total + value, 0),
            6,
          );
          expect(ratings).toEqual(
            [0, 1, 2].map((rating) => values.filter((value) => rateVital(vital, value) === rating).length),
          );
          const middle = (values.length - 1) / 2;
          const median = ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2;
          expect(percentiles[0]).toBeCloseTo(median, 6);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['LCP', 2_500, 0],
    ['LCP', 2_501, 1],
    ['LCP', 4_001, 2],
    ['INP', 200, 0],
    ['INP', 500, 1],
    ['CLS', 0.25, 1],
    ['CLS', 0.26, 2],
  ] as const)('rates %s of %d by the published thresholds', (vital, value, rating) => {
    expect(rateVital(vital, value)).toBe(rating);
  });
});
