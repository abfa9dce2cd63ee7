/** Chunks made of other chunks: without what somebody wants erased, or one of several. Pure. */
import { SESSION_DIMENSIONS } from '../events/dimensions.js';
import {
  type Chunk,
  DETAIL_GROUPS,
  type EventKind,
  GROUPS,
  type Group,
  type HashColumn,
  textAt,
} from './chunk.js';
import { ChunkRows } from './chunk-rows.js';
import type { Context, Hash } from './context-rows.js';
import type { ColumnEvent } from './event-rows.js';
import { NO_EVENT } from './property-rows.js';

/** Whose a context is, by keyed hashes as the chunk was built with; 0 for no user. */
export interface ContextOwner {
  session: bigint;
  visitor: bigint;
  user: bigint;
}

/** The chunk without the contexts that are `unwanted`: no value of theirs alone is left in it. */
export const withoutSessions = (chunk: Chunk, unwanted: (owner: ContextOwner) => boolean): Chunk =>
  withoutEvents(chunk, (owner) => (unwanted(owner) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY));

/** The chunk without what arrived before a time (ms) that depends on whose it is, or on its context's row. */
export function withoutEvents(
  chunk: Chunk,
  goneBefore: (owner: ContextOwner, context: number) => number,
): Chunk {
  const rows = new ChunkRows();
  copyRows(rows, chunk, goneBefore);
  return rows.finish(chunk.from, chunk.to, commonGroups([chunk]));
}

/** One chunk of all, of which no two have the same events: contexts that go on in the next are one. */
export function mergeChunks(chunks: readonly Chunk[]): Chunk {
  const rows = new ChunkRows();
  for (const chunk of chunks) copyRows(rows, chunk, () => Number.NEGATIVE_INFINITY);
  const from = chunks.reduce((min, chunk) => Math.min(min, chunk.from), Number.POSITIVE_INFINITY);
  const to = chunks.reduce((max, chunk) => Math.max(max, chunk.to), Number.NEGATIVE_INFINITY);
  return rows.finish(from, to, commonGroups(chunks));
}

const commonGroups = (chunks: readonly Chunk[]): Set<Group> =>
  new Set(
    GROUPS.filter(
      (group) => !DETAIL_GROUPS.includes(group) || chunks.every(({ groups }) => groups.has(group)),
    ),
  );

function copyRows(
  into: ChunkRows,
  chunk: Chunk,
  goneBefore: (owner: ContextOwner, context: number) => number,
): void {
  for (const [reason, times] of chunk.over)
    into.budget.over.set(reason, (into.budget.over.get(reason) ?? 0) + times);
  into.botEvents += chunk.botEvents;
  if (chunk.events > 0 && !chunk.event().knowsEngaged) into.forgetEngaged();
  const { count, firstEvent } = chunk.context();
  const arrival = chunk.arrival();
  const readContext = contextReader(chunk);
  const readEvent = eventReader(chunk);
  const copied = new Int32Array(chunk.events).fill(NO_EVENT);
  for (let context = 0; context < count; context += 1) {
    const found = readContext(context);
    const { session, visitor, user } = found;
    const owner = { session: joinHash(session), visitor: joinHash(visitor), user: joinHash(user) };
    const from = goneBefore(owner, context);
    const end = firstEvent[context + 1] ?? 0;
    const isWanted = (row: number) => (arrival[row] ?? 0) >= from;
    let first = Number.POSITIVE_INFINITY;
    for (let row = firstEvent[context] ?? 0; row < end; row += 1)
      if (isWanted(row)) first = Math.min(first, arrival[row] ?? first);
    if (first === Number.POSITIVE_INFINITY) continue;
    const place = into.findContext(found, first);
    for (let row = firstEvent[context] ?? 0; row < end; row += 1) {
      if (!isWanted(row)) continue;
      copied[row] = into.events;
      into.addEvent(place, readEvent(row), []);
    }
  }
  if (chunk.groups.has('property'))
    for (const column of chunk.property().values()) into.addProperty(column, copied);
}

function contextReader(chunk: Chunk): (row: number) => Context {
  const { session, visitor, dimensions } = chunk.context();
  const ids = chunk.ids();
  return (row) => ({
    session: hashAt(ids.session, session[row] ?? 0),
    visitor: hashAt(visitor, row),
    user: hashAt(ids.user, row),
    values: SESSION_DIMENSIONS.map((dimension) => textAt(dimensions[dimension], row)),
  });
}

function eventReader(chunk: Chunk) {
  const event = chunk.event();
  const { engaged } = chunk.engagement();
  const arrival = chunk.arrival();
  const { timestamp, gap, scroll } = chunk.time();
  const detail = chunk.groups.has('detail') ? chunk.detail() : undefined;
  const kindAt = (row: number): EventKind => event.kinds[event.kind[row] ?? 0] ?? { type: '', name: '' };
  return (row: number): ColumnEvent => ({
    type: kindAt(row).type,
    label: kindAt(row).conversionType ?? kindAt(row).name,
    currency: kindAt(row).currency,
    page: textAt(event.page, row),
    hostname: textAt(event.hostname, row),
    fromPage: textAt(event.fromPage, row),
    view: event.view[row] ?? 0,
    nth: event.nth[row] ?? 0,
    nthOfType: event.nthOfType[row] ?? 0,
    flags: event.flags[row] ?? 0,
    micros: event.micros[row] ?? Number.NaN,
    arrival: arrival[row] ?? 0,
    timestamp: timestamp[row] ?? 0,
    gap: gap[row] ?? 0,
    engaged: engaged[row] ?? 0,
    scroll: scroll[row] ?? 0,
    title: detail && textAt(detail.title, row),
    clickTarget: detail && textAt(detail.clickTarget, row),
    link: detail && textAt(detail.link, row),
  });
}

const hashAt = ({ high, low }: HashColumn, row: number): Hash => ({
  high: high[row] ?? 0,
  low: low[row] ?? 0,
});

const joinHash = ({ high, low }: Hash): bigint => (BigInt(high) << 32n) | BigInt(low);
