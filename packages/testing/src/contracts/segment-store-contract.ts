/** What every store of segments must do: parts by name, and a state's columns replaced by themselves. */

import type {
  RollupState,
  RollupStore,
  SegmentPart,
  SegmentPartKey,
  StoredColumns,
} from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { newSite, type StartFixture, useFixture } from './store-fixture.js';
import { DAY_MS } from './utc-day.js';

const START = Date.UTC(2026, 0, 31);
const EXPIRES_AT = 4_000_000_000;

const toDay = (site: string): RollupState => ({
  site,
  shard: 0,
  kind: 'day',
  start: START,
  through: START + DAY_MS,
  version: 1,
  body: Buffer.from('numbers'),
  note: 'merged_from_hours',
});

const COLUMNS: StoredColumns = {
  through: START + DAY_MS,
  events: 12,
  expires_at: EXPIRES_AT,
  scrubbed: 5,
  segments: [
    {
      id: '1#abc',
      groups: { context: { parts: 1, bytes: 100 }, property: { parts: 2, bytes: 9, expires_at: 7 } },
    },
    { id: '1#def', groups: { context: { parts: 1, bytes: 3 } } },
  ],
};

const toPart = (segment: string, group: string, index: number): SegmentPart => ({
  ...{ segment, group, index, expires_at: EXPIRES_AT },
  bytes: Buffer.from(`${segment} ${group} ${index}`),
});

const toKey = ({ segment, group, index }: SegmentPart): SegmentPartKey => ({ segment, group, index });

/** Runs the contract of `SegmentStore` on an empty database. */
export function describeSegmentStore(name: string, start: StartFixture<RollupStore>): void {
  describe(name, () => {
    const fixture = useFixture(start);

    async function readDay(site: string): Promise<RollupState | undefined> {
      const range = { site, shard: 0, kind: 'day', from: START, to: START + 1 } as const;
      return (await fixture.store.rollups(range, { consistent: true, edges: true })).states[0];
    }

    it('gives back what a state says of its columns', async () => {
      const day = { ...toDay(newSite()), columns: COLUMNS };
      expect(await fixture.store.putRollup(day)).toBe(true);
      expect(await readDay(day.site)).toEqual(day);
      expect(await fixture.store.newest(day, START + 1)).toEqual(day);
    });

    it('replaces columns by themselves: body, edges and note stay, and the version goes up', async () => {
      const day = { ...toDay(newSite()), edges: Buffer.from('edges') };
      await fixture.store.putRollup(day);
      expect(await fixture.store.putColumns(day, 1, COLUMNS)).toBe(true);
      expect(await readDay(day.site)).toEqual({ ...day, version: 2, columns: COLUMNS });
      expect(await fixture.store.putColumns(day, 2, undefined)).toBe(true);
      expect(await readDay(day.site)).toEqual({ ...day, version: 3 });
    });

    it('replaces columns only of the version that was read', async () => {
      const day = toDay(newSite());
      expect(await fixture.store.putColumns(day, 0, COLUMNS)).toBe(false);
      await fixture.store.putRollup(day);
      for (const version of [0, 2]) expect(await fixture.store.putColumns(day, version, COLUMNS)).toBe(false);
      const [first, second] = await Promise.all([
        fixture.store.putColumns(day, 1, COLUMNS),
        fixture.open().putColumns(day, 1, undefined),
      ]);
      expect([first, second].filter(Boolean)).toHaveLength(1);
      expect(await readDay(day.site)).toEqual({ ...day, version: 2, ...(first ? { columns: COLUMNS } : {}) });
      expect(await fixture.store.putRollup({ ...day, version: 2 })).toBe(false);
    });

    it('a put without columns names none', async () => {
      const day = { ...toDay(newSite()), columns: COLUMNS };
      await fixture.store.putRollup(day);
      const { columns: _, ...plain } = { ...day, version: 2 };
      await fixture.store.putRollup(plain);
      expect(await readDay(day.site)).toEqual(plain);
    });

    it('gives parts by name in the order asked for, and undefined for those that are not there', async () => {
      const day = toDay(newSite());
      const parts = Array.from({ length: 20 }, (_, index) => toPart('1#abc', 'event', index));
      for (const part of parts) await fixture.store.putSegmentPart(day, part);
      const wanted = [...parts.map(toKey).reverse(), { segment: '1#abc', group: 'event', index: 20 }];
      for (const consistent of [true, false]) {
        const read = await fixture.store.segmentParts(day, wanted, { consistent });
        const texts = read.parts.map((bytes) => bytes && Buffer.from(bytes).toString());
        expect(texts).toEqual([...parts.map(({ bytes }) => bytes.toString()).reverse(), undefined]);
        expect(read.readUnits).toBeGreaterThanOrEqual(0);
      }
      expect(await fixture.store.segmentParts(day, [])).toEqual({ parts: [], readUnits: 0 });
    });

    it('takes a part of 350 KB', async () => {
      const day = toDay(newSite());
      const part = { ...toPart('1#abc', 'event', 0), bytes: Buffer.alloc(350 * 1_024, 7) };
      await fixture.store.putSegmentPart(day, part);
      const { parts } = await fixture.store.segmentParts(day, [part], { consistent: true });
      expect(parts[0]?.length).toBe(350 * 1_024);
    });

    it('lists the parts of a state up to a version, and deletes by name', async () => {
      const day = toDay(newSite());
      const first = toPart('1#abc', 'context', 0);
      const second = toPart('2#abc', 'context', 0);
      const third = toPart('10#abc', 'context', 0);
      for (const part of [first, second, third]) await fixture.store.putSegmentPart(day, part);
      await fixture.store.putSegmentPart({ ...day, start: START + DAY_MS }, first);
      await fixture.store.putSegmentPart({ ...day, kind: 'hour' }, first);
      expect(await fixture.store.listSegmentParts(day, 0)).toEqual([]);
      expect(await fixture.store.listSegmentParts(day, 2)).toEqual([first, second].map(toKey));
      expect(await fixture.store.listSegmentParts(day, 10)).toEqual([first, second, third].map(toKey));
      await fixture.store.deleteSegmentParts(day, [
        toKey(first),
        toKey(third),
        toKey(toPart('9#no', 'x', 0)),
      ]);
      expect(await fixture.store.listSegmentParts(day, 10)).toEqual([toKey(second)]);
      expect(await fixture.store.listSegmentParts({ ...day, kind: 'hour' }, 10)).toEqual([toKey(first)]);
    });
  });
}
