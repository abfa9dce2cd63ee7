/** 64-bit hashes as byte planes, highest first. */
import type { HashColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';

const BYTES = 8;

/** @param isSorted or nearly so: then their highest bytes deflate */
export function writeHashes(writer: GroupWriter, { high, low }: HashColumn, isSorted = false): void {
  if (high.length === 0) return;
  const planes = Array.from({ length: BYTES }, (_, index) => {
    const [half, shift] = [index < 4 ? high : low, 24 - 8 * (index % 4)];
    const plane = new Uint8Array(half.length);
    for (let row = 0; row < plane.length; row += 1) plane[row] = (half[row] ?? 0) >>> shift;
    return plane;
  });
  writer.planes(planes, isSorted ? 1 : 0);
}

export function findHashes(reader: GroupReader, rows: number): { decode(): HashColumn } {
  if (rows === 0) return { decode: () => ({ high: new Uint32Array(0), low: new Uint32Array(0) }) };
  const planes = reader.planes(BYTES, rows);
  return {
    decode: () => ({ high: joinPlanes(planes.slice(0, 4), rows), low: joinPlanes(planes.slice(4), rows) }),
  };
}

function joinPlanes(
  [a = NO_BYTES, b = NO_BYTES, c = NO_BYTES, d = NO_BYTES]: Uint8Array[],
  rows: number,
): Uint32Array {
  const words = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1)
    words[row] = ((a[row] ?? 0) << 24) | ((b[row] ?? 0) << 16) | ((c[row] ?? 0) << 8) | (d[row] ?? 0);
  return words;
}

const NO_BYTES = new Uint8Array(0);
