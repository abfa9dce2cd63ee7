import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionRow } from '../../src/engine/session-rows.js';
import { SessionRows } from '../../src/engine/session-rows.js';
import { findPage } from '../../src/reports/find-page.js';
import { NEWEST_FIRST } from '../../src/reports/sessions-by-columns.js';
import { getCalendar } from '../../src/time/calendar.js';
import { FROM, TO } from '../columns/histories.js';
import { ordinaryBatches } from '../columns/ordinary.js';
import { toChunks } from '../engine/chunks.js';

const toRow = (value: number, low: number): SessionRow => ({ high: 1, low, lastArrival: value, value });
const byValue = (a: SessionRow, b: SessionRow) => Number(b.value) - Number(a.value) || b.low - a.low;

describe('a page of sessions', () => {
  it('is what it would be of all in order', async () => {
    const values = fc.array(fc.nat({ max: 9 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
        const rows = all.map((value, index) => toRow(value, index + 1));
        const sorted = rows.toSorted(byValue);
        const seen: SessionRow[] = [];
        let after: Parameters<typeof findPage>[3];
        do {
          const { page, left, sessions } = await findPage(rows, NEWEST_FIRST, limit, after);
          expect([left, sessions]).toEqual([rows.length - seen.length, rows.length]);
          seen.push(...page.map(({ row }) => row));
          after = page.at(-1)?.key;
        } while (after && seen.length < rows.length);
        expect(seen).toEqual(sorted);
      }),
    );
  });

  it('lets others go on while it is looked for among very many', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    let state = 1;
    function* rows() {
      for (let index = 0; index < 100_000; index += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        yield toRow(state, index);
      }
    }
    await findPage(rows(), NEWEST_FIRST, 50, undefined);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});

describe('sessions of a range by their last arrival', () => {
  it('are the newest where there are more than are listed', () => {
    const history = [...ordinaryBatches({ sessions: 200, seed: 3 })];
    const plan = {
      ...{ from: FROM, to: TO, conditions: [], level: 'session' as const, calendar: getCalendar('UTC') },
      sort: 'last_seen_at',
    } as const;
    const list = (max: number) => {
      const scan = new SessionRows(plan, max);
      // The newest chunk is not the last one.
      for (const chunk of toChunks(history, [6, 12]).reverse()) scan.add(chunk, {});
      return { rows: [...scan.rows()].sort(byValue), isCut: scan.isCut, heldAfter: scan.heldAfter };
    };
    const all = list(1_000);
    const some = list(60);
    expect([all.rows.length, all.isCut, some.isCut]).toEqual([200, false, true]);
    expect(some.rows.length).toBeGreaterThan(25);
    expect(some.rows).toEqual(all.rows.filter(({ lastArrival }) => lastArrival > some.heldAfter));
    expect(all.heldAfter).toBe(Number.NEGATIVE_INFINITY);
  });
});
