/** Writes a chunk as a segment that nothing names yet, and takes away what will never be named. */
import { randomBytes } from 'node:crypto';
import { type Chunk, DETAIL_GROUPS } from '../columns/chunk.js';
import { encodeSegment } from '../columns/codec/encode-segment.js';
import { countSlices, sliceChunk } from '../columns/slice-chunk.js';
import type { RollupKey } from '../storage/rollup-store.js';
import type {
  SegmentGroup,
  SegmentPartKey,
  SegmentRef,
  SegmentStore,
  StoredColumns,
} from '../storage/segment-store.js';
import type { Pacer } from './pacer.js';

const RANDOM_BYTES = 6;
/** Bytes that one write unit pays for. */
const WRITE_UNIT_BYTES = 1_024;

export interface SegmentWriter {
  store: SegmentStore;
  pace: Pacer;
  /** Events of a slice. Default: the budget's. */
  sliceEvents?: number;
}

/** When parts may be deleted, in s since 1970. */
export interface SegmentExpiry {
  columns: number;
  /** Of properties and details. */
  details: number;
}

/**
 * Writes the chunk for the version of the state that is to name it. Where that fails, what was written of it is deleted:
 * no state was put that could name it.
 */
export async function writeSegment(
  writer: SegmentWriter,
  key: RollupKey,
  version: number,
  chunk: Chunk,
  expiry: SegmentExpiry,
  slice?: SegmentRef['slice'],
): Promise<SegmentRef> {
  const { store, pace } = writer;
  const ref: SegmentRef = {
    id: `${version}#${randomBytes(RANDOM_BYTES).toString('base64url')}`,
    groups: {},
    ...(slice ? { slice } : {}),
  };
  try {
    for (const { group, index, bytes } of await encodeSegment(chunk)) {
      const expiresAt = DETAIL_GROUPS.some((detail) => detail === group) ? expiry.details : expiry.columns;
      const found: SegmentGroup = ref.groups[group] ?? {
        ...{ parts: 0, bytes: 0 },
        ...(expiresAt === expiry.columns ? {} : { expires_at: expiresAt }),
      };
      // Named before it is written: one whose answer is lost may be there.
      ref.groups[group] = { ...found, parts: found.parts + 1, bytes: found.bytes + bytes.length };
      await pace(`${key.site}#${key.shard}`, Math.ceil(bytes.length / WRITE_UNIT_BYTES));
      await store.putSegmentPart(key, { segment: ref.id, group, index, bytes, expires_at: expiresAt });
    }
    return ref;
  } catch (error) {
    await deleteSegments(store, key, [ref]).catch(() => {});
    throw error;
  }
}

/** What a segment's parts are called. @param isWanted by group; default all */
export const listParts = (
  { id, groups }: SegmentRef,
  isWanted: (group: string) => boolean = () => true,
): SegmentPartKey[] =>
  Object.entries(groups)
    .filter(([group]) => isWanted(group))
    .flatMap(([group, { parts }]) =>
      Array.from({ length: parts }, (_, index) => ({ segment: id, group, index })),
    );

/** To be called only for segments that no state names, nor can still come to name. */
export const deleteSegments = (store: SegmentStore, key: RollupKey, refs: readonly SegmentRef[]) =>
  store.deleteSegmentParts(
    key,
    refs.flatMap((ref) => listParts(ref)),
  );

/**
 * Writes a chunk in as many slices as it takes, as `writeSegment` does each: where one fails, those before it are deleted too.
 */
export async function writeSlices(
  writer: SegmentWriter,
  key: RollupKey,
  version: number,
  chunk: Chunk,
  expiry: SegmentExpiry,
): Promise<SegmentRef[]> {
  const refs: SegmentRef[] = [];
  const of = countSlices(chunk.events, writer.sliceEvents);
  if (of === 1) return [await writeSegment(writer, key, version, chunk, expiry)];
  try {
    for (const { chunk: part, slice } of sliceChunk(chunk, of)) {
      refs.push(await writeSegment(writer, key, version, part, expiry, slice));
    }
    return refs;
  } catch (error) {
    await deleteSegments(writer.store, key, refs).catch(() => {});
    throw error;
  }
}

/** What a state should say of columns. */
export const toColumns = (
  segments: SegmentRef[],
  { events, through, expiry }: { events: number; through: number; expiry: SegmentExpiry },
): StoredColumns => ({ through, events, expires_at: expiry.columns, apart: true, segments });
