/** What a state says of its columns, as one short text: a busy hour names a hundred segments, and is put as often. */
import type { SegmentGroup, SegmentRef, StoredColumns } from './segment-store.js';

type PackedGroup = [group: string, parts: number, bytes: number, expires_at?: number];

interface PackedColumns {
  through: number;
  events: number;
  expires_at: number;
  scrubbed?: number;
  segments: [id: string, ...groups: PackedGroup[]][];
  /** Of each segment, where any has one. */
  slices?: ([index: number, of: number] | 0)[];
  /** Places of those of bots in `segments`. Absent: bots have none of their own. */
  bots?: number[];
}

export function encodeColumns({ segments, apart, ...rest }: StoredColumns): string {
  const packed: PackedColumns = {
    ...rest,
    segments: segments.map(pack),
    ...(segments.some(({ slice }) => slice)
      ? { slices: segments.map(({ slice }) => (slice ? [slice.index, slice.of] : 0)) }
      : {}),
    ...(apart ? { bots: segments.flatMap((ref, index) => (ref.bots ? [index] : [])) } : {}),
  };
  return JSON.stringify(packed);
}

const pack = ({ id, groups }: SegmentRef): PackedColumns['segments'][number] => [
  id,
  ...Object.entries(groups).map(
    ([group, { parts, bytes, expires_at }]): PackedGroup =>
      expires_at === undefined ? [group, parts, bytes] : [group, parts, bytes, expires_at],
  ),
];

/** Undefined for what this version cannot read: the log is read instead. */
export function decodeColumns(text: string | undefined): StoredColumns | undefined {
  if (text === undefined) return undefined;
  try {
    const { through, events, expires_at, scrubbed, segments, slices, bots } = JSON.parse(
      text,
    ) as PackedColumns;
    if (![through, events, expires_at].every(Number.isFinite)) return undefined;
    const known = {
      through,
      events,
      expires_at,
      ...(bots ? { apart: true as const } : {}),
      segments: segments.map((packed, index) => ({
        ...unpack(packed, slices?.[index]),
        ...(bots?.includes(index) ? { bots: true as const } : {}),
      })),
    };
    return scrubbed === undefined ? known : { ...known, scrubbed };
  } catch {
    return undefined;
  }
}

function unpack(
  [id, ...packed]: PackedColumns['segments'][number],
  slice: [index: number, of: number] | 0 | undefined,
): SegmentRef {
  const groups: Record<string, SegmentGroup> = {};
  for (const [group, parts, bytes, expires_at] of packed)
    groups[group] = expires_at === undefined ? { parts, bytes } : { parts, bytes, expires_at };
  return slice ? { id, groups, slice: { index: slice[0], of: slice[1] } } : { id, groups };
}
