/** Cuts the bytes of a group into parts of a size that can be stored, anywhere; and puts them together again. */
import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRawSync } from 'node:zlib';
import { MAX_PART_BYTES, MAX_PART_RAW_BYTES } from '../../budgets.js';
import { HEADER_BYTES, type PartHeader } from './part.js';
import { UnreadableSegmentError, unreadable } from './unreadable-segment-error.js';

/** The bytes of a group: those that are deflated when they are stored, inflated, and the others. */
export interface GroupBytes {
  deflated: Uint8Array;
  raw: Uint8Array;
}

export type Piece = Pick<PartHeader, 'inflated' | 'deflated' | 'raw'>;

export interface PartLimits {
  /** Of a part as it is stored. */
  bytes: number;
  /** Of a part once inflated. */
  rawBytes: number;
}

export const PART_LIMITS: PartLimits = { bytes: MAX_PART_BYTES, rawBytes: MAX_PART_RAW_BYTES };
const MEMORY_LEVEL = 9;
/** How much of the room that is left the next piece is to fill, as far as the one before tells. */
const FILL = 0.95;
const MIN_PIECE_BYTES = 16;

const deflateInThread = promisify(deflateRaw);
const deflate = (bytes: Uint8Array): Promise<Uint8Array> =>
  deflateInThread(bytes, { level: constants.Z_DEFAULT_COMPRESSION, memLevel: MEMORY_LEVEL });

export async function cutParts({ deflated, raw }: GroupBytes, limits = PART_LIMITS): Promise<Piece[]> {
  const room = limits.bytes - HEADER_BYTES;
  const pieces: Piece[] = [];
  let start = 0;
  let length = Math.min(deflated.length, limits.rawBytes);
  while (start < deflated.length) {
    const end = Math.min(start + length, deflated.length);
    const bytes = await deflate(deflated.subarray(start, end));
    if (bytes.length > room) {
      length = Math.max(MIN_PIECE_BYTES, Math.floor(((end - start) * FILL * room) / bytes.length));
      continue;
    }
    pieces.push({ inflated: end - start, deflated: bytes, raw: NO_BYTES });
    start = end;
  }
  addRaw(pieces, raw, room, limits.rawBytes);
  return pieces.length > 0 ? pieces : [{ inflated: 0, deflated: NO_BYTES, raw: NO_BYTES }];
}

/** The room of the last piece is filled first. */
function addRaw(pieces: Piece[], raw: Uint8Array, room: number, rawBytes: number): void {
  let start = 0;
  const last = pieces.at(-1);
  if (last) {
    start = Math.max(0, Math.min(room - last.deflated.length, rawBytes - last.inflated, raw.length));
    last.raw = raw.subarray(0, start);
  }
  const length = Math.min(room, rawBytes);
  for (; start < raw.length; start += length)
    pieces.push({ inflated: 0, deflated: NO_BYTES, raw: raw.subarray(start, start + length) });
}

/** @param pieces in their order */
export function joinParts(pieces: readonly Piece[]): GroupBytes {
  return { deflated: join(pieces.map(inflate)), raw: join(pieces.map(({ raw }) => raw)) };
}

function inflate({ deflated, inflated }: Piece): Uint8Array {
  if (inflated === 0 && deflated.length === 0) return NO_BYTES;
  let bytes: Uint8Array;
  try {
    // One byte more is enough to see that it is longer than its header says.
    bytes = inflateRawSync(deflated, {
      maxOutputLength: inflated + 1,
      chunkSize: Math.max(64, inflated + 1),
    });
  } catch (error) {
    throw new UnreadableSegmentError('content', `a part does not inflate (${(error as Error).message})`);
  }
  if (bytes.length !== inflated) throw unreadable('a part inflates to another length than its header says');
  return bytes;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = NO_BYTES] = pieces;
  return pieces.length === 1 ? first : Buffer.concat(pieces);
}

const NO_BYTES = new Uint8Array(0);
