/** How pages were read: for kinds of events that say it. */
import { type EngagementColumns, type EventColumns, NO_SCROLL } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readKinds, writeKinds } from './kind-rows.js';

const MAX_ENGAGED = 0xffffffff;

export function writeEngagement(
  writer: GroupWriter,
  event: EventColumns,
  { engaged, scroll }: EngagementColumns,
): void {
  const engagedRows = writeKinds(writer, event, (row) => engaged[row] !== 0);
  writeIntegers(
    writer,
    engagedRows.map((row) => engaged[row] ?? 0),
  );
  const scrollRows = writeKinds(writer, event, (row) => scroll[row] !== NO_SCROLL);
  writeIntegers(
    writer,
    scrollRows.map((row) => scroll[row] ?? NO_SCROLL),
  );
}

export function readEngagement(reader: GroupReader, event: EventColumns): EngagementColumns {
  const engaged = new Uint32Array(event.count);
  const engagedRows = readKinds(reader, event);
  const engagedValues = readIntegers(reader, new Uint32Array(engagedRows.length), MAX_ENGAGED);
  for (const [index, row] of engagedRows.entries()) engaged[row] = engagedValues[index] ?? 0;
  const scroll = new Uint8Array(event.count).fill(NO_SCROLL);
  const scrollRows = readKinds(reader, event);
  const scrollValues = readIntegers(reader, new Uint8Array(scrollRows.length), NO_SCROLL);
  for (const [index, row] of scrollRows.entries()) scroll[row] = scrollValues[index] ?? NO_SCROLL;
  return { engaged, scroll };
}
