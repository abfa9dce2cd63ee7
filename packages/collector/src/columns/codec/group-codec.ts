/** The bytes of each group of a chunk, and back. */
import type { Chunk, Group } from '../chunk.js';
import { readArrivals, writeArrivals } from './arrival-group.js';
import { readContexts, writeContexts } from './context-group.js';
import { readDetails, writeDetails } from './detail-group.js';
import { readEngagement, writeEngagement } from './engagement-group.js';
import { readEvents, writeEvents } from './event-group.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIds, writeIds } from './ids-group.js';
import type { OnDecoded } from './lazily.js';
import { readProperties, writeProperties } from './property-group.js';
import { readTimes, writeTimes } from './time-group.js';

/** What each group returns. */
export type Columns = { [Name in Group]: ReturnType<Chunk[Name]> };

export const WRITE: Record<Group, (writer: GroupWriter, chunk: Chunk) => void> = {
  context: (writer, chunk) => writeContexts(writer, chunk.context()),
  ids: (writer, chunk) => writeIds(writer, chunk.ids()),
  event: (writer, chunk) => writeEvents(writer, chunk.event()),
  engagement: (writer, chunk) => writeEngagement(writer, chunk.event(), chunk.engagement()),
  arrival: (writer, chunk) => writeArrivals(writer, chunk.context(), chunk.arrival(), chunk.from),
  time: (writer, chunk) => writeTimes(writer, chunk, chunk.time()),
  property: (writer, chunk) => writeProperties(writer, chunk.event(), chunk.property()),
  detail: (writer, chunk) => writeDetails(writer, chunk.event(), chunk.detail()),
};

export const READ: {
  [Name in Group]: (reader: GroupReader, chunk: Chunk, onDecoded: OnDecoded) => Columns[Name];
} = {
  context: (reader, chunk, onDecoded) => readContexts(reader, chunk.events, onDecoded),
  ids: (reader, chunk, onDecoded) => readIds(reader, chunk.context(), onDecoded),
  event: (reader, chunk, onDecoded) => readEvents(reader, chunk.events, onDecoded),
  engagement: (reader, chunk) => readEngagement(reader, chunk.event()),
  arrival: (reader, chunk) => readArrivals(reader, chunk.context(), chunk.events, chunk.from),
  time: (reader, chunk, onDecoded) => readTimes(reader, chunk, onDecoded),
  property: (reader, chunk, onDecoded) => readProperties(reader, chunk.event(), onDecoded),
  detail: (reader, chunk) => readDetails(reader, chunk.event()),
};

/** What every group says of its chunk, so that one alone does. */
export interface ChunkNotes {
  botEvents: number;
  over: Map<string, number>;
}

const MAX_REASONS = 64;
const MAX_REASON_BYTES = 64;

export function writeNotes(
  writer: GroupWriter,
  { botEvents, over }: Pick<Chunk, 'botEvents' | 'over'>,
): void {
  writer.varint(botEvents);
  writer.varint(over.size);
  for (const [reason, times] of over) {
    const bytes = Buffer.from(reason);
    writer.varint(bytes.length);
    writer.bytes(bytes);
    writer.varint(times);
  }
}

export function readNotes(reader: GroupReader): ChunkNotes {
  const botEvents = reader.varint();
  const over = new Map<string, number>();
  for (let left = reader.varint(MAX_REASONS); left > 0; left -= 1) {
    const reason = Buffer.from(reader.bytes(reader.varint(MAX_REASON_BYTES))).toString();
    over.set(reason, reader.varint());
  }
  return { botEvents, over };
}
