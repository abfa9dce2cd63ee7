/** Pictures of pages with the 256 colours they have most of: a quarter of the bytes, and nobody sees it. */
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** @param {Buffer} png of 8 bits, RGB or RGBA, not interlaced, as browsers make it */
export function fewerColours(png) {
  const { width, height, pixels } = decode(png);
  const palette = paletteOf(pixels);
  const nearest = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1, from += 1, to += 1) {
      const colour = pixels[from] ?? 0;
      let index = nearest.get(colour);
      if (index === undefined) {
        index = nearestOf(palette, colour);
        nearest.set(colour, index);
      }
      rows[to] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(
    palette.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]),
  );
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The commonest colours, and of the others such as differ from all that are in. @param {Uint32Array} pixels @returns {number[]} */
function paletteOf(pixels) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  /** @type {number[]} */
  const palette = [];
  for (const least of [24, 10, 0]) {
    for (const colour of common) {
      if (palette.length >= COLOURS) return palette;
      if (
        palette.length === 0 ||
        distance(palette[nearestOf(palette, colour)] ?? 0, colour) > least * least
      ) {
        palette.push(colour);
      }
    }
  }
  return palette;
}

/** @param {number[]} palette @param {number} colour */
function nearestOf(palette, colour) {
  let found = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, other] of palette.entries()) {
    const far = distance(other, colour);
    if (far < least) [found, least] = [index, far];
    if (far === 0) break;
  }
  return found;
}

/** @param {number} a @param {number} b */
const distance = (a, b) =>
  (((a >> 16) & 255) - ((b >> 16) & 255)) ** 2 +
  (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 +
  ((a & 255) - (b & 255)) ** 2;

/** @param {Buffer} png */
function decode(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 2 ? 3 : png[25] === 6 ? 4 : 0;
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error('not a picture as browsers make it');
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  let above = new Uint8Array(stride);
  let line = new Uint8Array(stride);
  const pixels = new Uint32Array(width * height);
  for (let y = 0, at = 0, to = 0; y < height; y += 1) {
    const filter = data[at++] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = line[x - channels] ?? 0;
      const corner = above[x - channels] ?? 0;
      line[x] = (data[at++] ?? 0) + predicted(filter, left, above[x] ?? 0, corner);
    }
    for (let x = 0; x < stride; x += channels)
      pixels[to++] = ((line[x] ?? 0) << 16) | ((line[x + 1] ?? 0) << 8) | (line[x + 2] ?? 0);
    [above, line] = [line, above];
  }
  return { width, height, pixels };
}

/** Of a byte, by those beside and above it (PNG, 9.2). @param {number} filter @param {number} left @param {number} above @param {number} corner */
function predicted(filter, left, above, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const distanceTo = (/** @type {number} */ value) => Math.abs(left + above - corner - value);
  const [a, b, c] = [distanceTo(left), distanceTo(above), distanceTo(corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** @param {string} name @param {Buffer} content */
function chunk(name, content) {
  const whole = Buffer.alloc(content.length + 12);
  whole.writeUInt32BE(content.length, 0);
  whole.write(name, 4, 'latin1');
  content.copy(whole, 8);
  whole.writeUInt32BE(crc(whole.subarray(4, 8 + content.length)), 8 + content.length);
  return whole;
}

/** CRC-32 as PNG has it; `node:zlib` has one from Node 22 on. @param {Uint8Array} bytes */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
