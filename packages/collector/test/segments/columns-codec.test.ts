/** What a state says of its columns, as text. */
import { describe, expect, it } from 'vitest';
import { DAY_STATE, MAX_COLUMN_DAY_EVENTS, MAX_DAY_EVENTS, PIECE_SLICE_EVENTS } from '../../src/budgets.js';
import { GROUPS } from '../../src/columns/chunk.js';
import { countSlices } from '../../src/columns/slice-chunk.js';
import { decodeColumns, encodeColumns } from '../../src/storage/columns-codec.js';
import type { SegmentRef, StoredColumns } from '../../src/storage/segment-store.js';

const LATER = 1_800_000_000;
const COLUMNS: Omit<StoredColumns, 'segments'> = { through: 1_700_000_000_000, events: 7, expires_at: LATER };

const toRef = (index: number, of: number): SegmentRef => ({
  id: `12#${String(index).padStart(8, 'x')}`,
  groups: Object.fromEntries(
    GROUPS.map((group) => [
      group,
      {
        ...{ parts: 1, bytes: 100_000 },
        ...(group === 'property' || group === 'detail' ? { expires_at: LATER - 86_400 } : {}),
      },
    ]),
  ),
  slice: { index: index % of, of },
});

describe('what a state says of its columns', () => {
  it('is read as it was written, whatever groups segments have', () => {
    const segments: SegmentRef[] = [
      toRef(0, 2),
      { id: '1#a', groups: { all: { parts: 1, bytes: 9 }, detail: { parts: 3, bytes: 0, expires_at: 5 } } },
      { id: '1#b', groups: { event: { parts: 2, bytes: 8 } }, bots: true },
      { id: '1#c', groups: {} },
    ];
    for (const columns of [
      { ...COLUMNS, apart: true as const, scrubbed: 4, segments },
      { ...COLUMNS, segments: [] },
    ])
      expect(decodeColumns(encodeColumns(columns))).toEqual(columns);
  });

  it('is read as versions before wrote it, with the name of each group', () => {
    const text =
      '{"through":1,"events":2,"expires_at":3,"segments":[["1#a",["context",1,10],["detail",2,20,9]],["1#b",["all",1,5]]],"slices":[[0,2],0]}';
    expect(decodeColumns(text)).toEqual({
      ...{ through: 1, events: 2, expires_at: 3 },
      segments: [
        {
          id: '1#a',
          groups: { context: { parts: 1, bytes: 10 }, detail: { parts: 2, bytes: 20, expires_at: 9 } },
          slice: { index: 0, of: 2 },
        },
        { id: '1#b', groups: { all: { parts: 1, bytes: 5 } } },
      ],
    });
  });

  it('fits beside the largest numbers into an item, for the largest day', () => {
    const of = countSlices(MAX_COLUMN_DAY_EVENTS, PIECE_SLICE_EVENTS);
    const segments = Array.from({ length: (MAX_DAY_EVENTS / MAX_COLUMN_DAY_EVENTS) * of }, (_, index) =>
      toRef(index, of),
    );
    const bytes = encodeColumns({ ...COLUMNS, apart: true, segments }).length;
    expect(bytes + DAY_STATE.stored).toBeLessThan(400 * 1_024 - 1_000);
  });
});
