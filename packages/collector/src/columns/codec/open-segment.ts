/** Makes a chunk of stored parts. Groups are inflated and decoded when they are asked for, and can be forgotten again. */
import { type Chunk, GROUPS, type Group, GroupNotReadError } from '../chunk.js';
import { countBytes } from './count-bytes.js';
import { joinParts } from './cut-parts.js';
import { type ChunkNotes, type Columns, READ, readNotes } from './group-codec.js';
import { GroupReader } from './group-reader.js';
import { type Part, type PartGroup, type PartHeader, readPart } from './part.js';
import { UnreadableSegmentError } from './unreadable-segment-error.js';

/** A chunk as it is stored, with what of it is decoded. */
export interface SegmentChunk extends Chunk {
  /** In memory: of the parts, and of what is decoded. */
  readonly storedBytes: number;
  readonly decodedBytes: number;
  /** Adds further groups. @throws UnreadableSegmentError as `openSegment` */
  addParts(parts: readonly Pick<Part, 'bytes'>[]): void;
  /** Forgets what is decoded; what is asked for later is decoded again. */
  release(): void;
}

/**
 * @param parts all of some groups, in any order, with what these groups need (`withNeeds`)
 * @throws UnreadableSegmentError where they are not the parts that were written; for parts that were written to mislead,
 *   only when a group is asked for
 */
export function openSegment(parts: readonly Pick<Part, 'bytes'>[]): SegmentChunk {
  const headers = parts.map(({ bytes }) => readPart(bytes));
  const [first] = headers;
  if (!first) throw new UnreadableSegmentError('parts', 'it has no parts');
  return createChunk(first, headers);
}

/** Of an event: what scans keep of it as long as its columns, sums of contexts and payments. */
const DERIVED_BYTES = 6;

type Readers = Map<Group, () => GroupReader>;

function createReaders(headers: readonly PartHeader[]): Readers {
  const readers: Readers = headers.some(({ group }) => group === 'all')
    ? splitGroups(selectParts(headers, 'all'))
    : new Map();
  for (const group of GROUPS.filter((name) => headers.some((header) => header.group === name))) {
    const parts = selectParts(headers, group);
    readers.set(group, () => {
      const { deflated, raw } = joinParts(parts);
      return new GroupReader(deflated, raw);
    });
  }
  return readers;
}

/** All parts of a group, in their order. */
function selectParts(headers: readonly PartHeader[], group: PartGroup): PartHeader[] {
  const parts = headers.filter((header) => header.group === group).sort((a, b) => a.index - b.index);
  const isComplete = parts.every((part, index) => part.index === index && part.parts === parts.length);
  if (!isComplete) throw new UnreadableSegmentError('parts', `parts of the group "${group}" are missing`);
  return parts;
}

/** Of a small segment, whose groups are in one part. */
function splitGroups(parts: PartHeader[]): Readers {
  const { deflated, raw } = joinParts(parts);
  const all = new GroupReader(deflated, raw);
  const lengths = GROUPS.map((group) => ({ group, deflated: all.varint(), raw: all.varint() }));
  const readers: Readers = new Map();
  for (const { group, ...length } of lengths) {
    if (length.deflated === 0) continue;
    const own = [all.bytes(length.deflated), all.rawBytes(length.raw)] as const;
    readers.set(group, () => new GroupReader(...own));
  }
  all.finish();
  return readers;
}

function createChunk(first: PartHeader, headers: readonly PartHeader[]): SegmentChunk {
  const { segment, from, to, events } = first;
  const readers: Readers = new Map();
  const decoded = new Map<Group, unknown>();
  let [storedBytes, decodedBytes] = [0, 0];
  let notes: ChunkNotes | undefined;
  const getNotes = (): ChunkNotes => {
    const [reader] = readers.values();
    notes ??= reader ? readNotes(reader()) : { botEvents: 0, over: new Map() };
    return notes;
  };
  const add = (further: readonly PartHeader[]) => {
    const isOther = (one: PartHeader) =>
      one.segment !== segment || one.from !== from || one.to !== to || one.events !== events;
    if (further.some(isOther))
      throw new UnreadableSegmentError('parts', 'its parts are of different segments');
    // Two questions may have read the same groups at the same time.
    const lacking = further.filter(({ group }) => !readers.has(group === 'all' ? 'context' : group));
    for (const [group, reader] of createReaders(lacking)) readers.set(group, reader);
    for (const { group, inflated, deflated, raw } of lacking)
      storedBytes += deflated.length + raw.length + (group === 'all' ? inflated : 0);
  };
  const note = (columns: unknown) => {
    decodedBytes += countBytes(columns);
  };
  const columns =
    <Name extends Group>(group: Name) =>
    (): Columns[Name] => {
      if (decoded.has(group)) return decoded.get(group) as Columns[Name];
      const create = readers.get(group);
      if (!create) throw new GroupNotReadError(group);
      const reader = create();
      readNotes(reader);
      const read = READ[group](reader, chunk, note);
      reader.finish();
      decoded.set(group, read);
      // What is not decoded yet is looked up in the bytes of the group.
      decodedBytes += reader.inflated + countBytes(read) + (group === 'event' ? events * DERIVED_BYTES : 0);
      return read;
    };
  const chunk: SegmentChunk = {
    from,
    to,
    events,
    get groups() {
      return new Set(readers.keys());
    },
    get botEvents() {
      return getNotes().botEvents;
    },
    get over() {
      return getNotes().over;
    },
    get storedBytes() {
      return storedBytes;
    },
    get decodedBytes() {
      return decodedBytes;
    },
    addParts: (parts) => add(parts.map(({ bytes }) => readPart(bytes))),
    release() {
      decoded.clear();
      decodedBytes = 0;
    },
    context: columns('context'),
    ids: columns('ids'),
    event: columns('event'),
    engagement: columns('engagement'),
    arrival: columns('arrival'),
    time: columns('time'),
    property: columns('property'),
    detail: columns('detail'),
  };
  add(headers);
  return chunk;
}
