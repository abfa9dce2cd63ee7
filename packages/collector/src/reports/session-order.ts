/** The order of a sorted list of sessions. Pure. */

import { SESSION_SORTS, type SessionSort, type SessionSummary } from '@liveinsight/schema';
import { lazy } from '../cache/lazy.js';
import type { SortKey } from '../event-log/cursor.js';
import { invalid } from '../http/query-params.js';
import { decodeValue, isAscending } from '../query/search-and-order.js';

export interface SessionOrder {
  sort: SessionSort;
  ascending: boolean;
  /** As its cursors name it. */
  by: string;
}

/** Reads `?sort=` and `?order=`; undefined where sessions are wanted by arrival. */
export function sessionOrder(query: URLSearchParams): SessionOrder | undefined {
  const raw = query.get('sort');
  const ascending = isAscending(query);
  if (raw === null) {
    if (query.has('order')) throw invalid('order', 'must be given with sort');
    return undefined;
  }
  const sort = SESSION_SORTS.find((one) => one === raw);
  if (!sort) throw invalid('sort', `must be one of ${SESSION_SORTS.join(', ')}`);
  return { sort, ascending, by: `${sort}:${ascending ? 'asc' : 'desc'}` };
}

/** Paths stand in the order that people read them in. */
export function toSortKey(session: SessionSummary, { sort }: SessionOrder): SortKey {
  const value = session[sort] ?? '';
  return { value: typeof value === 'string' ? decodeValue(value) : value, session: session.session_id };
}

const collator = lazy(() => new Intl.Collator('en'));

/** Of equal ones the same first each time: newer ids, where they are as the tracker makes them. */
export function inSessionOrder(a: SortKey, b: SortKey, { ascending }: SessionOrder): number {
  const sign = ascending ? 1 : -1;
  return sign * compare(a.value, b.value) || (a.session > b.session ? -1 : a.session < b.session ? 1 : 0);
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator().compare(String(a), String(b));
