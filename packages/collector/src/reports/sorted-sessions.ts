/**
 * A page of sessions in an order that the log does not have: all that could be read are sorted, and its cursor leads
 * through them. Where the range has more, the cursor leads on to older ones, which are sorted by themselves. Pure.
 */
import type { SessionsData } from '@liveinsight/schema';
import { type SortKey, startPosition, toPosition, writeCursor } from '../event-log/cursor.js';
import { createNote, toNoteFields } from '../notes.js';
import type { FoundSessions } from './find-sessions.js';
import type { ListedRange } from './pagination.js';
import { inSessionOrder, type SessionOrder, toSortKey } from './session-order.js';

type SortedPage = Omit<SessionsData, 'site' | 'from' | 'to'>;

export function listSorted(
  { rows, last, ended }: FoundSessions,
  { to, cursor, reads, notes, order, limit }: ListedRange & { order: SessionOrder; limit: number },
): SortedPage {
  const begin = cursor ?? { to, ...startPosition(to) };
  const after = cursor?.sorted?.after;
  const sorted = rows
    .map((row) => ({ row, key: toSortKey(row, order) }))
    .sort((a, b) => inSessionOrder(a.key, b.key, order));
  const left = after ? sorted.filter(({ key }) => inSessionOrder(key, after, order) > 0) : sorted;
  const page = left.slice(0, limit);
  const isTruncated = ended !== 'whole' && last !== undefined;
  const searchedTo = new Date(isTruncated ? last.received_at : reads.from).toISOString();
  const isComplete = !isTruncated && begin.at === to;
  const write = (position: Parameters<typeof writeCursor>[0], key?: SortKey) =>
    writeCursor({ ...position, sorted: { by: order.by, ...(key ? { after: key } : {}) } });
  const lastKey = page.at(-1)?.key;
  const next =
    left.length > page.length && lastKey
      ? write(begin, lastKey)
      : isTruncated
        ? write({ to, ...toPosition(last) })
        : undefined;
  return {
    sessions: page.map(({ row }) => row),
    sorted_over: {
      from: searchedTo,
      to: new Date(begin.at).toISOString(),
      sessions: sorted.length,
      complete: isComplete,
    },
    searched_to: searchedTo,
    ...(next === undefined ? {} : { cursor: next }),
    ...toNoteFields([
      ...notes,
      ...(isComplete
        ? []
        : [partNote(sorted.length, { from: searchedTo, to: new Date(begin.at).toISOString() })]),
    ]),
  };
}

function partNote(count: number, { from, to }: { from: string; to: string }) {
  const message = `the order is over the ${count} sessions found that were last seen from ${from} to ${to}: others of the range are listed before or behind them, in an order of their own`;
  return createNote('order_of_part', message, { count, at: from });
}
