/** Makes the parts that a chunk is stored in. */
import { setImmediate } from 'node:timers/promises';
// By its namespace, so that an older Node gets as far as the check that names the version it needs.
import * as zlib from 'node:zlib';
import { MAX_SEGMENT_EVENTS, MAX_SINGLE_PART_RAW_BYTES } from '../../budgets.js';
import { type Chunk, DETAIL_GROUPS, GROUPS, type Group } from '../chunk.js';
import { cutParts, type GroupBytes, PART_LIMITS, type PartLimits } from './cut-parts.js';
import { WRITE, writeNotes } from './group-codec.js';
import { GroupWriter } from './group-writer.js';
import { type Part, type PartGroup, writePart } from './part.js';

interface EncodedGroup extends GroupBytes {
  group: PartGroup;
}

/** In bytes. */
export interface SegmentLimits extends PartLimits {
  /** Segments smaller than this are in one part. */
  singlePart: number;
}

const LIMITS: SegmentLimits = { ...PART_LIMITS, singlePart: MAX_SINGLE_PART_RAW_BYTES };

/**
 * The groups that the chunk has, each in one part or more: all but the details in one where they are small. Deflates in
 * another thread, and lets others work between two groups.
 */
export async function encodeSegment(chunk: Chunk, limits: SegmentLimits = LIMITS): Promise<Part[]> {
  if (chunk.events > MAX_SEGMENT_EVENTS)
    throw new RangeError(`a segment has at most ${MAX_SEGMENT_EVENTS} events, not ${chunk.events}`);
  const groups: EncodedGroup[] = [];
  for (const group of GROUPS.filter((name) => chunk.groups.has(name))) {
    groups.push(encodeGroup(chunk, group));
    await setImmediate();
  }
  // What may be stored for a shorter time has parts of its own.
  const [lasting, details] = [
    groups.filter(({ group }) => !isDetail(group)),
    groups.filter(({ group }) => isDetail(group)),
  ];
  const size = lasting.reduce((sum, { deflated, raw }) => sum + deflated.length + raw.length, 0);
  const pieces = [];
  const isSmall = size < limits.singlePart;
  for (const { group, deflated, raw } of [...(isSmall ? [joinGroups(lasting)] : lasting), ...details]) {
    const ofGroup = await cutParts({ deflated, raw }, limits);
    pieces.push(...ofGroup.map((piece, index) => ({ ...piece, group, index, parts: ofGroup.length })));
  }
  const segment = pieces.reduce((sum, { deflated, raw }) => zlib.crc32(raw, zlib.crc32(deflated, sum)), 0);
  const { from, to, events } = chunk;
  return pieces.map((piece) => {
    const { group, index } = piece;
    return { group, index, bytes: writePart({ ...piece, segment, from, to, events }) };
  });
}

const isDetail = (group: PartGroup) => DETAIL_GROUPS.some((detail) => detail === group);

function encodeGroup(chunk: Chunk, group: Group): EncodedGroup {
  const writer = new GroupWriter();
  writeNotes(writer, chunk);
  WRITE[group](writer, chunk);
  return { group, deflated: writer.deflated, raw: writer.raw };
}

/** How long each group is, then all of them, in the order of `GROUPS`. */
function joinGroups(groups: readonly EncodedGroup[]): EncodedGroup {
  const lengths = new GroupWriter();
  for (const name of GROUPS) {
    const found = groups.find(({ group }) => group === name);
    lengths.varint(found?.deflated.length ?? 0);
    lengths.varint(found?.raw.length ?? 0);
  }
  return {
    group: 'all',
    deflated: Buffer.concat([lengths.deflated, ...groups.map(({ deflated }) => deflated)]),
    raw: Buffer.concat(groups.map(({ raw }) => raw)),
  };
}
