/**
 * Whether the write-ahead log still has all that was committed to it. SQLite reads a log up to its first bad frame and drops the
 * rest without a word: right after a power failure, where only what nobody was told of can be torn, and wrong where a disk or a
 * copy lost more. The log's index, the `-shm` file that a killed process leaves behind, says how far the log had come: a commit
 * is entered there only after the log was flushed, so the log is never shorter than its index says unless it was damaged.
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/** Of both the log and its index. Another one is not ours to judge. */
const FORMAT = 3_007_000;
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const INDEX_HEADER_BYTES = 48;
/** The index has its header twice, so that one that is half written shows, and then how much was moved into the file. */
const MOVED_AT = 2 * INDEX_HEADER_BYTES;
const isMachineBig = endianness() === 'BE';

interface LogIndex {
  frames: number;
  /** Frames whose pages are in the database's file already. */
  moved: number;
  pageBytes: number;
  salts: Buffer;
}

/** What is wrong with the log of a database that nobody has open, or undefined. */
export function findLogDamage(file: string): string | undefined {
  const index = readIndex(`${file}-shm`);
  if (!index || index.frames === 0) return undefined;
  // A log that cannot be read at all hides nothing that is in the file.
  const isNeeded = index.moved < index.frames;
  const log = openLog(`${file}-wal`);
  if (log === undefined) return isNeeded ? 'its write-ahead log is missing' : undefined;
  try {
    // Emptied after all was moved; after a power failure the index may be from before.
    if (fstatSync(log).size === 0) return undefined;
    const header = read(log, 0, LOG_HEADER_BYTES);
    if (!header || !isLogHeader(header))
      return isNeeded && !isUnwritten(log, header, index)
        ? 'the beginning of its write-ahead log cannot be read'
        : undefined;
    // Begun again since: the index is from before a power failure.
    if (!header.subarray(16, 24).equals(index.salts)) return undefined;
    const complete = countCompleteFrames(log, header, index.frames);
    if (complete === index.frames) return undefined;
    return `its write-ahead log is complete up to page ${complete} of ${index.frames}`;
  } finally {
    closeSync(log);
  }
}

function readIndex(file: string): LogIndex | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  if (bytes.length < MOVED_AT + 4) return undefined;
  const header = bytes.subarray(0, INDEX_HEADER_BYTES);
  if (!header.equals(bytes.subarray(INDEX_HEADER_BYTES, MOVED_AT))) return undefined;
  const number = (at: number) => (isMachineBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  if (number(0) !== FORMAT) return undefined;
  const sums = addUp(header.subarray(0, 40), [0, 0], isMachineBig);
  if (sums[0] !== number(40) || sums[1] !== number(44)) return undefined;
  // The largest size does not fit: its bit stands in the lowest place.
  const size = isMachineBig ? bytes.readUInt16BE(14) : bytes.readUInt16LE(14);
  const pageBytes = size === 1 ? 65_536 : size;
  return { frames: number(16), moved: number(MOVED_AT), pageBytes, salts: header.subarray(32, 40) };
}

function openLog(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined where the file ends before. */
function read(log: number, at: number, bytes: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(bytes);
  return readSync(log, buffer, 0, bytes, at) === bytes ? buffer : undefined;
}

/**
 * Whether it was emptied, and the power failed as it was begun again: file systems may have given it room before what was written
 * is there. Frames that the index knows are none of a new log.
 */
function isUnwritten(
  log: number,
  header: Buffer | undefined,
  { frames, pageBytes, salts }: LogIndex,
): boolean {
  if (!header || header.some((byte) => byte !== 0)) return false;
  for (let count = 0; count < frames; count += 1) {
    const found = read(log, LOG_HEADER_BYTES + count * (FRAME_HEADER_BYTES + pageBytes) + 8, 8);
    if (!found) return true;
    if (found.equals(salts)) return false;
  }
  return true;
}

/** The magic number's last bit says in which order the checksums take bytes. */
const isSummedBig = (header: Buffer): boolean => header.readUInt32BE(0) % 2 === 1;

function isLogHeader(header: Buffer): boolean {
  return header.readUInt32BE(4) === FORMAT && hasSums(header, 24, sumOfHeader(header));
}

const sumOfHeader = (header: Buffer): Sums => addUp(header.subarray(0, 24), [0, 0], isSummedBig(header));

function countCompleteFrames(log: number, header: Buffer, wanted: number): number {
  const pageBytes = header.readUInt32BE(8);
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  const isBig = isSummedBig(header);
  let sums = sumOfHeader(header);
  for (let count = 0; count < wanted; count += 1) {
    const frame = read(log, LOG_HEADER_BYTES + count * frameBytes, frameBytes);
    if (!frame?.subarray(8, 16).equals(header.subarray(16, 24))) return count;
    sums = addUp(frame.subarray(0, 8), sums, isBig);
    sums = addUp(frame.subarray(FRAME_HEADER_BYTES), sums, isBig);
    if (!hasSums(frame, 16, sums)) return count;
  }
  return wanted;
}

type Sums = readonly [number, number];

const hasSums = (bytes: Buffer, at: number, [first, second]: Sums): boolean =>
  bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;

/** SQLite's checksum, which each frame continues. */
function addUp(bytes: Buffer, [first, second]: Sums, isBig: boolean): Sums {
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0;
    two = (two + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0;
  }
  return [one, two];
}
