/** How long pages were read: for kinds of events that say it. */
import type { EngagementColumns, EventColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findKindIntegers, writeKindIntegers } from './kind-rows.js';

const MAX_ENGAGED = 0xffffffff;

export function writeEngagement(
  writer: GroupWriter,
  event: EventColumns,
  { engaged }: EngagementColumns,
): void {
  writeKindIntegers(writer, event, engaged, 0);
}

export function readEngagement(reader: GroupReader, event: EventColumns): EngagementColumns {
  const engaged = findKindIntegers(reader, event).decode(new Uint32Array(event.count), 0, MAX_ENGAGED);
  return { engaged };
}
