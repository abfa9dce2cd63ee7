import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import { Revenue } from '../../src/engine/revenue.js';
import { cutText } from '../../src/events/bound-key.js';
import { sessionValue } from '../../src/events/dimensions.js';
import { roundMicros, toMicros } from '../../src/events/money.js';
import { batches } from '../columns/histories.js';
import { cuts, filters } from './chunks.js';
import { pickEvents, restrict, scan } from './shards.js';

const fields = fc.constantFrom('source' as const, 'utm_medium' as const, 'prop:key-1' as const);
const types = fc.constantFrom(undefined, 'goal-1');

describe('revenue', () => {
  it('is of the conversions with an amount, each currency by itself', async () => {
    await fc.assert(
      fc.asyncProperty(batches, filters, cuts, fields, types, async (history, query, hours, field, type) => {
        const restriction = restrict(query);
        const revenue = new Revenue({ ...restriction, field, type });
        await scan(history, hours, restriction, { add: (chunk, selection) => revenue.add(chunk, selection) });

        const paid = pickEvents(history, restriction).flatMap(({ batch, event }) => {
          if (event.event_type !== 'conversion') return [];
          const { value, currency, conversion_type } = event;
          if (value === undefined || currency === undefined) return [];
          if (type !== undefined && conversion_type !== type) return [];
          const prop = new Map(toProperties(event).toReversed()).get('key-1');
          const ofEvent = prop === undefined ? undefined : cutText(String(prop), 128);
          const row = (field === 'prop:key-1' ? ofEvent : sessionValue(batch, field)) ?? '(none)';
          return [{ row, currency, micros: toMicros(value), visitor: batch.visitor_id }];
        });
        const found = revenue.rows();
        expect(new Set(found.map(({ value }) => value))).toEqual(new Set(paid.map(({ row }) => row)));
        for (const { value, visitors, money } of found) {
          const own = paid.filter(({ row }) => row === value);
          const buyers = own.filter(({ micros }) => micros >= 0).map(({ visitor }) => visitor);
          expect(visitors).toBe(new Set(buyers).size);
          expect(new Set(money.keys())).toEqual(new Set(own.map(({ currency }) => currency)));
          for (const [currency, { orders, refunds, gross, net }] of money) {
            const amounts = own.filter((one) => one.currency === currency).map(({ micros }) => micros);
            const positive = amounts.filter((micros) => micros >= 0);
            expect([orders, refunds]).toEqual([positive.length, amounts.length - positive.length]);
            const sum = (numbers: number[]) => numbers.reduce((total, one) => roundMicros(total + one), 0);
            expect(gross / 1e6).toBeCloseTo(sum(positive) / 1e6, 2);
            expect(net / 1e6).toBeCloseTo(sum(amounts) / 1e6, 2);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
