/** What every rollup store must do, whatever it is built on. */

import type { RollupState, RollupStore } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { describeSegmentStore } from './segment-store-contract.js';
import { newSite, type StartFixture, useFixture } from './store-fixture.js';
import { DAY_MS } from './utc-day.js';

const START = Date.UTC(2026, 0, 31);

/** A day whose body says what it is of. */
const toDay = (site: string, version: number, text: string, start = START): RollupState => ({
  site,
  shard: 0,
  kind: 'day',
  start,
  through: start + DAY_MS,
  version,
  body: Buffer.from(text),
});

/** Runs the contract of `RollupStore` on an empty database, that of its segments included. */
export function describeRollupStore(name: string, start: StartFixture<RollupStore>): void {
  describe(name, () => {
    describeSegmentStore('its segments', start);
    const fixture = useFixture(start);
    const range = (site: string) =>
      ({ site, shard: 0, kind: 'day', from: START, to: START + 30 * DAY_MS }) as const;
    const bodies = async (site: string) => {
      const { states } = await fixture.store.rollups(range(site), { consistent: true });
      return states.map(({ body }) => Buffer.from(body).toString());
    };

    it('gives back every field of a state, and its edges only where they are asked for', async () => {
      const site = newSite();
      const state = { ...toDay(site, 1, 'one'), previous: START - DAY_MS, note: 'merged_from_hours' };
      const edges = Buffer.from('edges of one');
      expect(await fixture.store.putRollup({ ...state, edges })).toBe(true);
      const plain = await fixture.store.rollups(range(site), { consistent: true });
      expect(plain.states).toEqual([state]);
      const full = await fixture.store.rollups(range(site), { consistent: true, edges: true });
      expect(full.states).toEqual([{ ...state, edges }]);
      expect(full.readUnits).toBeGreaterThanOrEqual(0);
    });

    it('puts a state only on top of the version before it', async () => {
      const site = newSite();
      expect(await fixture.store.putRollup(toDay(site, 2, 'too early'))).toBe(false);
      expect(await fixture.store.putRollup(toDay(site, 1, 'one'))).toBe(true);
      expect(await fixture.store.putRollup(toDay(site, 1, 'again'))).toBe(false);
      expect(await fixture.store.putRollup(toDay(site, 2, 'two'))).toBe(true);
      expect(await fixture.store.putRollup(toDay(site, 2, 'late'))).toBe(false);
      expect(await fixture.store.putRollup(toDay(site, 4, 'too far'))).toBe(false);
      expect(await bodies(site)).toEqual(['two']);
    });

    it('admits one of those who put the same version at once, through several stores', async () => {
      const site = newSite();
      await fixture.store.putRollup(toDay(site, 1, 'before'));
      const texts = Array.from({ length: 8 }, (_, index) => `writer ${index}`);
      const other = fixture.open();
      const puts = await Promise.all(
        texts.map((text, index) => (index % 2 === 0 ? fixture.store : other).putRollup(toDay(site, 2, text))),
      );
      await closeIfPossible(other);
      expect(puts.filter(Boolean)).toHaveLength(1);
      expect(await bodies(site)).toEqual([texts[puts.indexOf(true)]]);
    });

    it('reads states in order of start, within the bounds, up to the limit', async () => {
      const site = newSite();
      for (const day of [3, 1, 0, 2])
        await fixture.store.putRollup(toDay(site, 1, `day ${day}`, START + day * DAY_MS));
      const read = async (from: number, to: number, limit?: number) => {
        const options = { consistent: true, ...(limit === undefined ? {} : { limit }) };
        const { states } = await fixture.store.rollups(
          { ...range(site), from: START + from * DAY_MS, to: START + to * DAY_MS },
          options,
        );
        return states.map(({ start }) => (start - START) / DAY_MS);
      };
      expect(await read(0, 4)).toEqual([0, 1, 2, 3]);
      expect(await read(1, 3)).toEqual([1, 2]);
      expect(await read(0, 4, 2)).toEqual([0, 1]);
      expect(await read(2, 2)).toEqual([]);
      expect(await read(3, 1)).toEqual([]);
    });

    it('keeps sites, shards and kinds apart', async () => {
      const site = newSite();
      const alike = newSite();
      await fixture.store.putRollup(toDay(site, 1, 'mine'));
      await fixture.store.putRollup({ ...toDay(site, 1, 'shard 1'), shard: 1 });
      await fixture.store.putRollup({ ...toDay(site, 1, 'hour'), kind: 'hour' });
      await fixture.store.putRollup(toDay(alike, 1, 'other site'));
      expect(await bodies(site)).toEqual(['mine']);
      expect(await bodies(alike)).toEqual(['other site']);
    });

    it('finds the newest state that starts before a time', async () => {
      const site = newSite();
      const of = { site, shard: 0, kind: 'day' } as const;
      for (const day of [0, 2]) await fixture.store.putRollup(toDay(site, 1, 'x', START + day * DAY_MS));
      const newest = async (before: number) => (await fixture.store.newest(of, before))?.start;
      expect(await newest(START)).toBeUndefined();
      expect(await newest(START + 1)).toBe(START);
      expect(await newest(START + 2 * DAY_MS)).toBe(START);
      expect(await newest(START + 9 * DAY_MS)).toBe(START + 2 * DAY_MS);
    });

    it('marks days for a cause until the mark is cleared, unless it was set again since', async () => {
      const site = newSite();
      const mark = { day: '2026-01-31', cause: 'import', marked_at: 1_000 } as const;
      await fixture.store.markDay(site, mark);
      await fixture.store.markDay(site, { ...mark, cause: 'erase' });
      await fixture.store.markDay(site, { ...mark, cause: 'history' }, 400);
      await fixture.store.markDay(site, { ...mark, marked_at: 2_000 });
      await fixture.store.clearMark(site, mark);
      expect(await fixture.store.markedDays(site, 'import')).toEqual([{ ...mark, marked_at: 2_000 }]);
      await fixture.store.clearMark(site, { ...mark, marked_at: 2_000 });
      expect(await fixture.store.markedDays(site, 'import')).toEqual([]);
      expect(await fixture.store.markedDays(site, 'erase')).toEqual([{ ...mark, cause: 'erase' }]);
      expect(await fixture.store.markedDays(site, 'history')).toEqual([{ ...mark, cause: 'history' }]);
      expect(await fixture.store.markedDays(site, 'erase', { fromDay: mark.day })).toHaveLength(1);
      expect(
        await fixture.store.markedDays(site, 'erase', { fromDay: '2026-02-01', consistent: false }),
      ).toEqual([]);
    });

    it('gives back all of a mark, each part’s by itself', async () => {
      const site = newSite();
      const erased = { day: '2026-01-31', cause: 'erased', marked_at: 1_000 } as const;
      const marks = ['1', '2'].map((part) => ({ ...erased, part, owner: `owner ${part}` }));
      for (const mark of marks) await fixture.store.markDay(site, mark);
      await fixture.store.markDay(site, { ...erased, cause: 'erase' });
      expect(await fixture.store.markedDays(site, 'erased')).toEqual(marks);
      expect(await fixture.store.markedDays(site, 'erase')).toHaveLength(1);
    });

    it('has a clock', () => {
      expect(Math.abs(fixture.store.now() - Date.now())).toBeLessThan(60_000);
    });
  });
}

async function closeIfPossible(store: object): Promise<void> {
  if ('close' in store && typeof store.close === 'function') await store.close();
}
