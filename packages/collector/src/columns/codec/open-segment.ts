/** Makes a chunk of stored parts. Groups are inflated and decoded when they are asked for. */
import { type Chunk, GROUPS, type Group, GroupNotReadError } from '../chunk.js';
import { joinParts } from './cut-parts.js';
import { type ChunkNotes, type Columns, READ, readNotes } from './group-codec.js';
import { GroupReader } from './group-reader.js';
import { type Part, type PartGroup, type PartHeader, readPart } from './part.js';
import { UnreadableSegmentError } from './unreadable-segment-error.js';

/**
 * @param parts all of some groups, in any order, with what these groups need (`withNeeds`)
 * @throws UnreadableSegmentError where they are not the parts that were written; for parts that were written to mislead,
 *   only when a group is asked for
 */
export function openSegment(parts: readonly Pick<Part, 'bytes'>[]): Chunk {
  const headers = parts.map(({ bytes }) => readPart(bytes));
  const [first] = headers;
  if (!first) throw new UnreadableSegmentError('parts', 'it has no parts');
  const { segment, from, to, events } = first;
  const isOther = (one: PartHeader) =>
    one.segment !== segment || one.from !== from || one.to !== to || one.events !== events;
  if (headers.some(isOther)) throw new UnreadableSegmentError('parts', 'its parts are of different segments');
  return createChunk(first, createReaders(headers));
}

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

function createChunk({ from, to, events }: PartHeader, readers: Readers): Chunk {
  const notes = once((): ChunkNotes => {
    const [reader] = readers.values();
    return reader ? readNotes(reader()) : { botEvents: 0, over: new Map() };
  });
  const columns = <Name extends Group>(group: Name) =>
    once((): Columns[Name] => {
      const create = readers.get(group);
      if (!create) throw new GroupNotReadError(group);
      const reader = create();
      readNotes(reader);
      const decoded = READ[group](reader, chunk);
      reader.finish();
      return decoded;
    });
  const chunk: Chunk = {
    from,
    to,
    events,
    groups: new Set(readers.keys()),
    get botEvents() {
      return notes().botEvents;
    },
    get over() {
      return notes().over;
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
  return chunk;
}

/** Remembers a result; an error is thrown again by trying again. */
function once<Result>(compute: () => Result): () => Result {
  let result: { value: Result } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
