/**
 * A page of sessions in an order that the log does not have: all that could be read are sorted, and its cursor leads
 * through them. Where the range has more, the cursor leads on to older ones, which are sorted by themselves. Pure.
 */
import type { SessionsData } from '@liveinsight/schema';
import { placeOf, type SortKey, startOf, writeCursor } from '../event-log/cursor.js';
import { noteOf, tellNotes } from '../notes.js';
import type { FoundSessions } from './find-sessions.js';
import type { ListedRange } from './pagination.js';
import { inSessionOrder, type SessionOrder, sortKeyOf } from './session-order.js';

type SortedPage = Omit<SessionsData, 'site' | 'from' | 'to'>;

export function listSorted(
  { rows, last, ended }: FoundSessions,
  { to, cursor, reads, notes, order, limit }: ListedRange & { order: SessionOrder; limit: number },
): SortedPage {
  const begin = cursor ?? { to, ...startOf(to) };
  const behind = cursor?.sorted?.behind;
  const sorted = rows
    .map((row) => ({ row, key: sortKeyOf(row, order) }))
    .sort((a, b) => inSessionOrder(a.key, b.key, order));
  const left = behind ? sorted.filter(({ key }) => inSessionOrder(key, behind, order) > 0) : sorted;
  const page = left.slice(0, limit);
  const isCut = ended !== 'whole' && last !== undefined;
  const searchedTo = new Date(isCut ? last.received_at : reads.from).toISOString();
  const isWhole = !isCut && begin.at === to;
  const write = (place: Parameters<typeof writeCursor>[0], key?: SortKey) =>
    writeCursor({ ...place, sorted: { by: order.by, ...(key ? { behind: key } : {}) } });
  const lastKey = page.at(-1)?.key;
  const next =
    left.length > page.length && lastKey
      ? write(begin, lastKey)
      : isCut
        ? write({ to, ...placeOf(last) })
        : undefined;
  return {
    sessions: page.map(({ row }) => row),
    sorted_over: {
      from: searchedTo,
      to: new Date(begin.at).toISOString(),
      sessions: sorted.length,
      complete: isWhole,
    },
    searched_to: searchedTo,
    ...(next === undefined ? {} : { cursor: next }),
    ...tellNotes([
      ...notes,
      ...(isWhole
        ? []
        : [partNote(sorted.length, { from: searchedTo, to: new Date(begin.at).toISOString() })]),
    ]),
  };
}

function partNote(count: number, { from, to }: { from: string; to: string }) {
  const message = `the order is over the ${count} sessions found that were last seen from ${from} to ${to}: others of the range are listed before or behind them, in an order of their own`;
  return noteOf('order_of_part', message, { count, at: from });
}
