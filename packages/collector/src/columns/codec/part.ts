/**
 * A part of a segment as it is stored: a header of fixed length, deflated bytes of its group, and bytes that do not deflate.
 * It can be checked by itself: what was damaged is never taken for numbers.
 */
// By its namespace, so that an older Node gets as far as the check that names the version it needs.
import * as zlib from 'node:zlib';
import { MAX_PART_RAW_BYTES, MAX_SEGMENT_EVENTS } from '../../budgets.js';
import { GROUPS, type Group } from '../chunk.js';
import { UnreadableSegmentError, unreadable } from './unreadable-segment-error.js';

/** The columns of one group; those of all groups but the details, of a segment that is small. */
export type PartGroup = Group | 'all';

export interface Part {
  group: PartGroup;
  /** Place among the parts of its group, from 0. */
  index: number;
  bytes: Uint8Array;
}

/** Version of the layout. A release must not write one that the release before cannot read. */
const LAYOUT = 1;

const MAGIC = 0x4c;
/** By code: a group keeps its code in later layouts. */
const PART_GROUPS: readonly PartGroup[] = ['all', ...GROUPS];
export const HEADER_BYTES = 48;
const CHECKED_FROM = 8;

export interface PartHeader {
  group: PartGroup;
  index: number;
  /** How many parts the group has. */
  parts: number;
  /** The same in all parts of a segment, and hardly in those of another. */
  segment: number;
  from: number;
  to: number;
  events: number;
  /** Bytes of the deflated ones once inflated. */
  inflated: number;
  deflated: Uint8Array;
  raw: Uint8Array;
}

export function writePart(part: PartHeader): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + part.deflated.length + part.raw.length);
  bytes[0] = MAGIC;
  bytes[1] = LAYOUT;
  bytes[2] = PART_GROUPS.indexOf(part.group);
  bytes.writeUInt32LE(part.segment, 8);
  bytes.writeUInt16LE(part.index, 12);
  bytes.writeUInt16LE(part.parts, 14);
  bytes.writeDoubleLE(part.from, 16);
  bytes.writeDoubleLE(part.to, 24);
  bytes.writeUInt32LE(part.events, 32);
  bytes.writeUInt32LE(part.inflated, 36);
  bytes.writeUInt32LE(part.deflated.length, 40);
  bytes.set(part.deflated, HEADER_BYTES);
  bytes.set(part.raw, HEADER_BYTES + part.deflated.length);
  bytes.writeUInt32LE(checksum(bytes), 4);
  return bytes;
}

export function readPart(part: Uint8Array): PartHeader {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  if (bytes[0] !== MAGIC || bytes.length < CHECKED_FROM) throw unreadable('its bytes are no columns');
  if (bytes[1] !== LAYOUT)
    throw new UnreadableSegmentError(
      'layout',
      `it has layout ${bytes[1]}, this version reads layout ${LAYOUT}: update all processes`,
    );
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(4) !== checksum(bytes))
    throw new UnreadableSegmentError('checksum', 'its bytes are not those that were written');
  const header = readHeader(bytes);
  const { inflated, raw, events, index, parts } = header;
  if (inflated + raw.length > MAX_PART_RAW_BYTES || events > MAX_SEGMENT_EVENTS || index >= parts)
    throw unreadable('a header says what cannot be');
  return header;
}

function readHeader(bytes: Buffer): PartHeader {
  const group = PART_GROUPS[bytes[2] ?? -1];
  const deflatedEnd = HEADER_BYTES + bytes.readUInt32LE(40);
  const [from, to] = [bytes.readDoubleLE(16), bytes.readDoubleLE(24)];
  if (!group || deflatedEnd > bytes.length || !Number.isFinite(from) || !Number.isFinite(to))
    throw unreadable('a header says what cannot be');
  return {
    group,
    index: bytes.readUInt16LE(12),
    parts: bytes.readUInt16LE(14),
    segment: bytes.readUInt32LE(8),
    from,
    to,
    events: bytes.readUInt32LE(32),
    inflated: bytes.readUInt32LE(36),
    deflated: bytes.subarray(HEADER_BYTES, deflatedEnd),
    raw: bytes.subarray(deflatedEnd),
  };
}

/** Of all but the checksum: the first bytes, too, for they say how the others are read. */
const checksum = (bytes: Buffer): number =>
  zlib.crc32(bytes.subarray(CHECKED_FROM), zlib.crc32(bytes.subarray(0, 4)));
