/** What a list of sessions needs of each: the value that it is sorted by, and where its pages begin and end. Pure. */
import type { SessionSort } from '@liveinsight/schema';
import { type Chunk, textAt } from '../columns/chunk.js';
import { SESSION_DIMENSIONS, type SessionDimension } from '../events/dimensions.js';

/** What sessions can be sorted by here: users are not in columns. */
export type ColumnSort = Exclude<SessionSort, 'user_id'>;

/** What a session is found by: a text in its values or pages, or an id of which its hash is known. */
export interface SessionText {
  isInValue(dimension: SessionDimension, value: string): boolean;
  isInPage(page: string): boolean;
  isSession(high: number, low: number): boolean;
  isUser(high: number, low: number): boolean;
}

export interface SessionFactsPlan {
  sort: ColumnSort;
  /** Default: all sessions. */
  text?: SessionText | undefined;
}

export interface FoundSession {
  lastArrival: number;
  firstArrival: number;
  /** By the clock of the sender, in ms. */
  first: number;
  last: number;
  count: number;
  /** The value that it is sorted by, of its newest context. */
  text: string;
  /** Whether a text is in a value of its newest context, or it is of the user who is searched for. */
  hasText: boolean;
  /** As its newest context says. */
  entryPage: string;
  /** Page of the earliest view that was met, and when that was. */
  firstPage: string;
  firstView: number;
  /** Page of the newest view, else of the newest event that names one, and when that was. */
  currentPage: string;
  currentSince: number;
  isOnView: boolean;
}

/** Counted, or measured, of all events of a session; everything else is what its newest context says. */
type Measure = 'last_seen_at' | 'started_at' | 'duration_ms' | 'page_views' | 'events' | 'conversions';
const MEASURES: ReadonlySet<string> = new Set<Measure>([
  ...(['last_seen_at', 'started_at', 'duration_ms', 'page_views', 'events', 'conversions'] as const),
]);
const isDimension = (sort: ColumnSort): sort is Exclude<ColumnSort, Measure | 'current_page'> =>
  !MEASURES.has(sort) && sort !== 'current_page';

/** As lists of sessions show what is not known. */
const UNKNOWN: ReadonlySet<string> = new Set(['(direct)', '(unknown)']);

/** A session without an entry page has the page of its first view. */
const needsPages = ({ sort, text }: SessionFactsPlan): boolean =>
  sort === 'entry_page' || sort === 'current_page' || text !== undefined;

export const needsTimes = (plan: SessionFactsPlan): boolean =>
  plan.sort === 'duration_ms' || needsPages(plan);

/** Adds one event to what is found of its session. */
export function createReader(
  chunk: Chunk,
  plan: SessionFactsPlan,
): (found: FoundSession, context: number, row: number) => void {
  const arrival = chunk.arrival();
  const timestamp = needsTimes(plan) ? chunk.time().timestamp : undefined;
  const readPage = needsPages(plan) ? createPageReader(chunk) : undefined;
  const counts = createCounts(chunk, plan.sort);
  const readContext = createContextReader(chunk, plan);
  return (found, context, row) => {
    const at = arrival[row] ?? 0;
    // Of a session, its newest context says where it is from.
    if (at >= found.lastArrival) readContext(found, context);
    found.lastArrival = Math.max(found.lastArrival, at);
    found.firstArrival = Math.min(found.firstArrival, at);
    const happened = timestamp?.[row] ?? 0;
    if (timestamp) {
      found.first = Math.min(found.first, happened);
      found.last = Math.max(found.last, happened);
    }
    if (counts(row)) found.count += 1;
    readPage?.(found, row, happened);
  };
}

function createContextReader(
  chunk: Chunk,
  { sort, text }: SessionFactsPlan,
): (found: FoundSession, context: number) => void {
  const { dimensions } = chunk.context();
  const sorted = isDimension(sort) ? dimensions[sort satisfies SessionDimension] : undefined;
  const entry = needsPages({ sort, text }) ? dimensions.entry_page : undefined;
  const hasText = text && searchContexts(chunk, text);
  return (found, context) => {
    if (sorted) found.text = sorted.values[sorted.codes[context] ?? 0] ?? '';
    if (entry) found.entryPage = entry.values[entry.codes[context] ?? 0] ?? '';
    if (hasText) found.hasText = hasText[context] === 1;
  };
}

/** 1 for each context that has the text: a value is looked at once, not once a session. */
function searchContexts(chunk: Chunk, text: SessionText): Uint8Array {
  const { count, dimensions } = chunk.context();
  const { user } = chunk.ids();
  const found = new Uint8Array(count);
  for (const name of SESSION_DIMENSIONS) {
    const { codes, values } = dimensions[name];
    const isIn = Uint8Array.from(values, (value, code) => (code > 0 && text.isInValue(name, value) ? 1 : 0));
    if (!isIn.includes(1)) continue;
    for (let context = 0; context < count; context += 1)
      if (isIn[codes[context] ?? 0] === 1) found[context] = 1;
  }
  for (let context = 0; context < count; context += 1)
    if (text.isUser(user.high[context] ?? 0, user.low[context] ?? 0)) found[context] = 1;
  return found;
}

function createPageReader(chunk: Chunk): (found: FoundSession, row: number, happened: number) => void {
  const { kind, kinds, page } = chunk.event();
  const isView = kinds.map(({ type }) => type === 'page_view');
  return (found, row, happened) => {
    const [isOne, named] = [isView[kind[row] ?? 0] === true, textAt(page, row)];
    if (isOne && happened < found.firstView) {
      found.firstView = happened;
      found.firstPage = named ?? '';
    }
    if (!isOne && (named === undefined || found.isOnView)) return;
    if (!(isOne && !found.isOnView) && happened < found.currentSince) return;
    found.currentPage = named ?? '';
    found.currentSince = happened;
    found.isOnView = isOne;
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

export function toValue(found: FoundSession, sort: ColumnSort): number | string {
  switch (sort) {
    case 'last_seen_at':
      return found.lastArrival;
    case 'started_at':
      return found.firstArrival;
    case 'duration_ms':
      return found.last - found.first;
    case 'page_views':
    case 'events':
    case 'conversions':
      return found.count;
    case 'entry_page':
      return found.entryPage || found.firstPage;
    case 'current_page':
      return found.currentPage;
    default:
      return UNKNOWN.has(found.text) ? '' : found.text;
  }
}
