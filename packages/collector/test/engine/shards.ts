/** Random histories as chunks of several shards, and what of them is selected: for tests of reports. */
import type { Chunk } from '../../src/columns/chunk.js';
import type { Restriction } from '../../src/engine/selection.js';
import { parseFilters } from '../../src/query/filters.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { FROM, TO } from '../columns/histories.js';
import { toChunks, toSet } from './chunks.js';
import { pick } from './naive.js';

/** Each session is in one of two shards, each of which is cut at hours of its own. */
export function toShards(history: StoredBatch[], hours: number[]): Chunk[] {
  const isSecond = ({ session_id }: StoredBatch) => Number(session_id.slice(-1)) % 2 === 1;
  return [
    ...toChunks(
      history.filter((batch) => !isSecond(batch)),
      hours.slice(1),
    ),
    ...toChunks(history.filter(isSecond), [...hours]),
  ];
}

export const restrict = (query: string, level: Restriction['level'] = 'session'): Restriction => ({
  ...{ from: FROM, to: TO, level, calendar: getCalendar('UTC') },
  conditions: parseFilters(new URLSearchParams(query)),
});

/** Adds what is selected of a history's chunks. */
export async function scan(
  history: StoredBatch[],
  hours: number[],
  restriction: Restriction,
  { add }: { add(...args: [Chunk, { contexts?: Uint8Array; events?: Uint8Array }]): void },
): Promise<void> {
  for await (const { chunk, selection } of selectChunks(toSet(toShards(history, hours)), restriction))
    add(chunk, selection as Parameters<typeof add>[1]);
}

/** The same by its definition: every event that counts, with its batch, in order of arrival. */
export const pickEvents = (history: StoredBatch[], restriction: Restriction) =>
  pick(history, {
    conditions: [...restriction.conditions],
    level: restriction.level,
    bounds: [restriction.from, restriction.to],
  }).flatMap((batch) => batch.events.map((event) => ({ batch, event })));
