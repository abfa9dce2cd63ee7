/** What a state says of its columns, as one short text: a busy hour names a hundred segments, and is put as often. */
import type { SegmentGroup, SegmentRef, StoredColumns } from './segment-store.js';

/** Of a group that has one part and expires as its group mostly does: its bytes alone; 0 for none. */
type PackedGroup = number | [bytes: number, parts: number, expires_at: number];
/** As written before: with the name of each group. */
type NamedGroup = [group: string, parts: number, bytes: number, expires_at?: number];

interface PackedColumns {
  through: number;
  events: number;
  expires_at: number;
  scrubbed?: number;
  /** Names of groups, in the order that segments have them, and when their parts expire; 0 where that is with the segment. */
  groups?: [group: string, expires_at: number][];
  segments: ([id: string, ...groups: PackedGroup[]] | [id: string, ...groups: NamedGroup[]])[];
  /** Of each segment, where any has one. */
  slices?: ([index: number, of: number] | 0)[];
  /** Places of those of bots in `segments`. Absent: bots have none of their own. */
  bots?: number[];
}

export function encodeColumns({ segments, apart, ...rest }: StoredColumns): string {
  const groups = new Map<string, number>();
  for (const segment of segments)
    for (const [group, { expires_at = 0 }] of Object.entries(segment.groups))
      if (!groups.has(group)) groups.set(group, expires_at);
  const packed: PackedColumns = {
    ...rest,
    groups: [...groups],
    segments: segments.map((segment) => pack(segment, groups)),
    ...(segments.some(({ slice }) => slice)
      ? { slices: segments.map(({ slice }) => (slice ? [slice.index, slice.of] : 0)) }
      : {}),
    ...(apart ? { bots: segments.flatMap((ref, index) => (ref.bots ? [index] : [])) } : {}),
  };
  return JSON.stringify(packed);
}

function pack({ id, groups }: SegmentRef, expiries: ReadonlyMap<string, number>): [string, ...PackedGroup[]] {
  const packed = Array.from(expiries, ([name, expiry]): PackedGroup => {
    const group = groups[name];
    if (!group) return 0;
    const { parts, bytes, expires_at = 0 } = group;
    return parts === 1 && expires_at === expiry && bytes > 0 ? bytes : [bytes, parts, expires_at];
  });
  return [id, ...packed];
}

/** Undefined for what this version cannot read: the log is read instead. */
export function decodeColumns(text: string | undefined): StoredColumns | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = JSON.parse(text) as PackedColumns;
    const { through, events, expires_at, scrubbed, groups, segments, slices, bots } = parsed;
    if (![through, events, expires_at].every(Number.isFinite)) return undefined;
    const known = {
      through,
      events,
      expires_at,
      ...(bots ? { apart: true as const } : {}),
      segments: segments.map((packed, index) => ({
        ...unpack(packed, groups, slices?.[index]),
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
  names: PackedColumns['groups'],
  slice: [index: number, of: number] | 0 | undefined,
): SegmentRef {
  const groups: Record<string, SegmentGroup> = {};
  for (const [index, group] of packed.entries()) {
    if (names) {
      const [name, expiry] = names[index] ?? [];
      if (name === undefined || expiry === undefined) throw new Error('a group has no name');
      if (group !== 0) groups[name] = unpackGroup(group as PackedGroup, expiry);
    } else {
      const [name, parts, bytes, expires_at = 0] = group as NamedGroup;
      groups[name] = toGroup(parts, bytes, expires_at);
    }
  }
  return slice ? { id, groups, slice: { index: slice[0], of: slice[1] } } : { id, groups };
}

const unpackGroup = (packed: PackedGroup, expiry: number): SegmentGroup =>
  typeof packed === 'number' ? toGroup(1, packed, expiry) : toGroup(packed[1], packed[0], packed[2]);

const toGroup = (parts: number, bytes: number, expires_at: number): SegmentGroup =>
  expires_at === 0 ? { parts, bytes } : { parts, bytes, expires_at };
