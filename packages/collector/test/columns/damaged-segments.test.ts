/** Damaged, mixed up and misleading bytes are a named error, and never a crash or wrong columns. */
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Chunk, GROUPS, type TextColumn } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { cutParts, joinParts } from '../../src/columns/codec/cut-parts.js';
import { encodeSegment, type SegmentLimits } from '../../src/columns/codec/encode-segment.js';
import { openSegment } from '../../src/columns/codec/open-segment.js';
import {
  HEADER_BYTES,
  type Part,
  type PartHeader,
  readPart,
  writePart,
} from '../../src/columns/codec/part.js';
import { UnreadableSegmentError } from '../../src/columns/codec/unreadable-segment-error.js';
import { SESSION_DIMENSIONS } from '../../src/events/dimensions.js';
import { createRandom, type Random } from '../tail/random.js';
import { FROM, hash, TO } from './histories.js';
import { ordinaryBatches } from './ordinary.js';

function encode(sessions: number, seed: number, limits?: SegmentLimits): Promise<Part[]> {
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (const batch of ordinaryBatches({ sessions, seed })) builder.add(batch);
  return encodeSegment(builder.build(), limits);
}

/** Why it cannot be read; undefined where all of it can, and is sound. */
function readReason(parts: readonly Pick<Part, 'bytes'>[]): string | undefined {
  try {
    const chunk = openSegment(parts);
    for (const group of chunk.groups) chunk[group]();
    expectSound(chunk);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableSegmentError) return error.reason;
    throw error;
  }
}

/** Whatever it says, a chunk that is read never leads to a row or a value that is not there. */
function expectSound(chunk: Chunk): void {
  const [context, event, detail] = [chunk.context(), chunk.event(), chunk.detail()];
  const ofEvents: TextColumn[] = [event.page, event.hostname, event.fromPage, ...Object.values(detail)];
  const ofContexts: TextColumn[] = SESSION_DIMENSIONS.map((dimension) => context.dimensions[dimension]);
  const isText = ({ codes, values }: TextColumn, rows: number) =>
    codes.length === rows && codes.every((code) => code < values.length);
  const sound = [
    ofEvents.every((column) => isText(column, chunk.events)),
    ofContexts.every((column) => isText(column, context.count)),
    event.kind.every((code) => code < event.kinds.length),
    context.firstEvent.at(-1) === chunk.events,
    context.firstEvent.every((row, index) => index === 0 || row >= (context.firstEvent[index - 1] ?? 0)),
    context.session.every((session) => session < context.sessions),
    chunk.ids().session.low.length === context.sessions,
    [chunk.arrival(), chunk.time().timestamp, chunk.engagement().engaged].every(
      (column) => column.length === chunk.events,
    ),
    [...chunk.property().values()].every(
      ({ rows, text, number }) =>
        rows.every((row, index) => row < chunk.events && (index === 0 || row > (rows[index - 1] ?? 0))) &&
        isText(text, rows.length) &&
        number.length === rows.length,
    ),
  ];
  expect(sound).toEqual(sound.map(() => true));
}

const damage = (bytes: Uint8Array, { int, maybe }: Random): Uint8Array => {
  const damaged = Uint8Array.from(bytes);
  if (damaged.length === 0) return damaged;
  const times = 1 + int(3);
  for (let time = 0; time < times; time += 1) {
    const place = int(damaged.length);
    if (maybe(0.5)) damaged[place] = int(256);
    else damaged[place] = (damaged[place] ?? 0) ^ (1 << int(8));
  }
  return maybe(0.2) ? damaged.slice(0, int(damaged.length)) : damaged;
};

/** The part with other content, and a checksum that is right. */
function writeLies(header: PartHeader, random: Random): Uint8Array {
  const { deflated, raw } = joinParts([header]);
  const lies = random.maybe(0.8)
    ? { deflated: damage(deflated, random), raw }
    : { deflated, raw: damage(raw, random) };
  return writePart({
    ...header,
    ...lies,
    events: random.maybe(0.1) ? random.int(100) : header.events,
    inflated: lies.deflated.length,
    deflated: deflateRawSync(lies.deflated, { level: 1 }),
  });
}

const SMALL_PARTS: SegmentLimits = { bytes: 500, rawBytes: 2_000, singlePart: 0 };

describe('a segment', () => {
  let small: Part[];
  let large: Part[];

  beforeAll(async () => {
    small = await encode(6, 1);
    large = await encode(60, 2, SMALL_PARTS);
    expect(small.map(({ group }) => group)).toEqual(['all', 'property', 'detail']);
    expect(large.length).toBeGreaterThan(GROUPS.length);
    expect([readReason(small), readReason(large)]).toEqual([undefined, undefined]);
  });

  it('with any damaged byte is not read', () => {
    for (let seed = 1; seed <= 2_000; seed += 1) {
      const random = createRandom(seed);
      const parts = random.maybe(0.9) ? small : large;
      const damaged = random.int(parts.length);
      const bytes = damage(parts[damaged]?.bytes ?? new Uint8Array(0), random);
      if (Buffer.from(bytes).equals(parts[damaged]?.bytes ?? bytes)) continue;
      const reason = readReason(parts.map((part, index) => (index === damaged ? { bytes } : part)));
      expect({ seed, reason }).toEqual({ seed, reason: expect.any(String) });
    }
  });

  it('that was written to mislead is an error, or sound', () => {
    const reasons = new Map<string | undefined, number>();
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const random = createRandom(seed);
      const lying = random.int(small.length);
      const lie = (part: Part) => ({ bytes: writeLies(readPart(part.bytes), random) });
      const reason = readReason(small.map((part, index) => (index === lying ? lie(part) : part)));
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    // Both occur, so that both are tried.
    expect(reasons.get('content')).toBeGreaterThan(100);
    expect(reasons.get(undefined)).toBeGreaterThan(100);
  });

  it('that inflates to more than it says is not inflated', async () => {
    const [first] = small;
    const header = readPart(first?.bytes ?? new Uint8Array(0));
    const [bomb] = await cutParts({ deflated: new Uint8Array(3_000_000), raw: new Uint8Array(0) });
    const bytes = writePart({
      ...header,
      deflated: bomb?.deflated ?? new Uint8Array(0),
      raw: new Uint8Array(0),
    });
    expect(readReason([{ bytes }])).toBe('content');
    expect(readReason([{ bytes: writePart({ ...header, inflated: 1_000_000_000 }) }])).toBe('content');
    expect(readReason([{ bytes: writePart({ ...header, events: 4_000_000_000 }) }])).toBe('content');
  });

  it('of which a part is missing, or of another segment, is not read', async () => {
    const other = await encode(60, 3, SMALL_PARTS);
    for (let missing = 0; missing < large.length; missing += 1) {
      const isOnly = large.filter(({ group }) => group === large[missing]?.group).length === 1;
      if (!isOnly) expect(readReason(large.toSpliced(missing, 1))).toBe('parts');
    }
    expect(readReason([])).toBe('parts');
    expect(readReason([...large.slice(1), ...other.slice(0, 1)])).toBe('parts');
    expect(readReason([...small, ...large])).toBe('parts');
    expect(readReason([...large, ...large.slice(0, 1)])).toBe('parts');
  });

  it('of a later layout is said to be one', () => {
    const bytes = Uint8Array.from(small[0]?.bytes ?? []);
    bytes[1] = 2;
    expect(() => openSegment([{ bytes }])).toThrow(
      'unreadable segment: it has layout 2, this version reads layout 1: update all processes',
    );
    expect(readReason([{ bytes }])).toBe('layout');
    expect(readReason([{ bytes: bytes.slice(0, HEADER_BYTES - 1) }])).toBe('layout');
    expect(readReason([{ bytes: Buffer.from('{"columns":[]}') }])).toBe('content');
  });
});
