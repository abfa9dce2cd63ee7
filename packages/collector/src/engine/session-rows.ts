/** The sessions of a range by the one value that they are sorted by. Pure. */
import type { SessionSort } from '@liveinsight/schema';
import { MAX_LISTED_SESSIONS } from '../budgets.js';
import { type Chunk, type Group, textAt } from '../columns/chunk.js';
import type { SessionDimension } from '../events/dimensions.js';
import { HashIndex } from './hash-index.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

/** What sessions can be sorted by here: users, and the page that one is on, are not in columns. */
export type ColumnSort = Exclude<SessionSort, 'user_id' | 'current_page'>;

export interface SessionRowsPlan extends Restriction {
  sort: ColumnSort;
}

export interface SessionRow {
  high: number;
  low: number;
  /** Within the range, in ms. */
  lastArrival: number;
  value: number | string;
}

/** Counted, or measured, of all events of a session; everything else is what its newest context says. */
type Measure = 'last_seen_at' | 'started_at' | 'duration_ms' | 'page_views' | 'events' | 'conversions';
const MEASURES: ReadonlySet<string> = new Set<Measure>([
  ...(['last_seen_at', 'started_at', 'duration_ms', 'page_views', 'events', 'conversions'] as const),
]);
const isMeasure = (sort: ColumnSort): sort is ColumnSort & Measure => MEASURES.has(sort);

/** Undefined where columns do not have it. */
export const toColumnSort = (sort: SessionSort): ColumnSort | undefined =>
  sort === 'user_id' || sort === 'current_page' ? undefined : sort;

/** As lists of sessions show what is not known. */
const UNKNOWN: ReadonlySet<string> = new Set(['(direct)', '(unknown)']);

/** A session without an entry page has the page of its first view. */
const NEEDS_TIMES: ReadonlySet<ColumnSort> = new Set<ColumnSort>(['duration_ms', 'entry_page']);

export const getSessionRowsGroups = (plan: SessionRowsPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...(['context', 'ids', 'arrival'] as const),
    ...(plan.sort === 'page_views' || plan.sort === 'conversions' ? (['event'] as const) : []),
    ...(NEEDS_TIMES.has(plan.sort) ? (['event', 'time'] as const) : []),
  ]);

interface Found {
  lastArrival: number;
  firstArrival: number;
  /** By the clock of the sender, in ms. */
  first: number;
  last: number;
  count: number;
  text: string;
  /** Page of the earliest view that was met, and when that was. */
  firstPage: string;
  firstView: number;
}

export class SessionRows {
  readonly #index = new HashIndex();
  readonly #found: Found[] = [];
  /** Whether there are more sessions than are listed. */
  isCut = false;

  constructor(readonly plan: SessionRowsPlan) {}

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, session, firstEvent } = chunk.context();
    const { high, low } = chunk.ids().session;
    const read = createReader(chunk, this.plan.sort);
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const number = session[context] ?? 0;
      let found: Found | undefined;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events && events[row] !== 1) continue;
        found ??= this.#find(high[number] ?? 0, low[number] ?? 0);
        if (!found) break;
        read(found, context, row);
      }
    }
  }

  rows(): SessionRow[] {
    const hashes = this.#index.list();
    return this.#found.map((found, number) => ({
      ...{ high: hashes[2 * number] ?? 0, low: hashes[2 * number + 1] ?? 0, lastArrival: found.lastArrival },
      value: toValue(found, this.plan.sort),
    }));
  }

  #find(high: number, low: number): Found | undefined {
    const known = this.#index.find(high, low);
    if (known >= 0) return this.#found[known];
    if (this.#index.size >= MAX_LISTED_SESSIONS) {
      this.isCut = true;
      return undefined;
    }
    this.#index.add(high, low);
    const [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const texts = { text: '', firstPage: '', firstView: min };
    const found = { ...texts, lastArrival: max, firstArrival: min, first: min, last: max, count: 0 };
    this.#found.push(found);
    return found;
  }
}

/** Adds one event to what is found of its session. */
function createReader(chunk: Chunk, sort: ColumnSort): (found: Found, context: number, row: number) => void {
  const arrival = chunk.arrival();
  const timestamp = NEEDS_TIMES.has(sort) ? chunk.time().timestamp : undefined;
  const isView = sort === 'entry_page' ? createCounts(chunk, 'page_views') : () => false;
  const counts = createCounts(chunk, sort);
  const texts = isMeasure(sort) ? undefined : chunk.context().dimensions[sort satisfies SessionDimension];
  return (found, context, row) => {
    const at = arrival[row] ?? 0;
    // Of a session, its newest context says where it is from.
    if (texts && at >= found.lastArrival) found.text = texts.values[texts.codes[context] ?? 0] ?? '';
    found.lastArrival = Math.max(found.lastArrival, at);
    found.firstArrival = Math.min(found.firstArrival, at);
    if (timestamp) {
      found.first = Math.min(found.first, timestamp[row] ?? 0);
      found.last = Math.max(found.last, timestamp[row] ?? 0);
    }
    if (counts(row)) found.count += 1;
    const happened = timestamp?.[row] ?? 0;
    if (isView(row) && happened < found.firstView) {
      found.firstView = happened;
      found.firstPage = textAt(chunk.event().page, row) ?? '';
    }
  };
}

function createCounts(chunk: Chunk, sort: ColumnSort): (row: number) => boolean {
  if (sort === 'events') return () => true;
  if (sort !== 'page_views' && sort !== 'conversions') return () => false;
  const { kind, kinds } = chunk.event();
  const type = sort === 'page_views' ? 'page_view' : 'conversion';
  const isCounted = kinds.map((one) => one.type === type);
  return (row) => isCounted[kind[row] ?? 0] === true;
}

function toValue(
  { lastArrival, firstArrival, first, last, count, text, firstPage }: Found,
  sort: ColumnSort,
): number | string {
  switch (sort) {
    case 'last_seen_at':
      return lastArrival;
    case 'started_at':
      return firstArrival;
    case 'duration_ms':
      return last - first;
    case 'page_views':
    case 'events':
    case 'conversions':
      return count;
    case 'entry_page':
      return text === '' ? firstPage : text;
    default:
      return UNKNOWN.has(text) ? '' : text;
  }
}
