/** The sessions of a range by the one value that they are sorted by, and whether a text is in what lists show of them. Pure. */
import type { SessionSort } from '@liveinsight/schema';
import { MAX_LISTED_SESSIONS } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { HashIndex } from './hash-index.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';
import {
  type ColumnSort,
  createReader,
  type FoundSession,
  needsTimes,
  type SessionFactsPlan,
  toValue,
} from './session-facts.js';

/** Undefined where columns do not have it. */
export const toColumnSort = (sort: SessionSort): ColumnSort | undefined =>
  sort === 'user_id' ? undefined : sort;

export interface SessionRowsPlan extends Restriction, SessionFactsPlan {}

export interface SessionRow {
  high: number;
  low: number;
  /** Within the range, in ms. */
  lastArrival: number;
  value: number | string;
}

export const getSessionRowsGroups = (plan: SessionRowsPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...(['context', 'ids', 'arrival'] as const),
    ...(plan.sort === 'page_views' || plan.sort === 'conversions' ? (['event'] as const) : []),
    ...(needsTimes(plan) ? (['event', 'time'] as const) : []),
  ]);

export class SessionRows {
  #index = new HashIndex();
  #found: FoundSession[] = [];
  /** Whether there are more sessions than are listed. */
  isCut = false;
  /** Of a list by last arrival that is cut: all sessions that were last seen after it (ms) are in, and no others. */
  heldAfter = Number.NEGATIVE_INFINITY;

  constructor(
    readonly plan: SessionRowsPlan,
    readonly max = MAX_LISTED_SESSIONS,
  ) {}

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, session, firstEvent } = chunk.context();
    const { high, low } = chunk.ids().session;
    const read = createReader(chunk, this.plan);
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const number = session[context] ?? 0;
      let found: FoundSession | undefined;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events && events[row] !== 1) continue;
        found ??= this.#find(high[number] ?? 0, low[number] ?? 0);
        if (!found) break;
        read(found, context, row);
      }
    }
  }

  /** One after the other: there can be many. */
  *rows(): Generator<SessionRow> {
    const hashes = this.#index.list();
    const isInPage = this.#createPageSearch();
    for (const [number, found] of this.#found.entries()) {
      const [high = 0, low = 0] = [hashes[2 * number], hashes[2 * number + 1]];
      if (found.lastArrival <= this.heldAfter) continue;
      if (!isInPage(found) && !this.plan.text?.isSession(high, low)) continue;
      yield { high, low, lastArrival: found.lastArrival, value: toValue(found, this.plan.sort) };
    }
  }

  /** Each page is looked at once. */
  #createPageSearch(): (found: FoundSession) => boolean {
    const { text } = this.plan;
    if (!text) return () => true;
    const known = new Map<string, boolean>();
    const isIn = (page: string) => {
      const before = known.get(page);
      if (before !== undefined) return before;
      const isFound = text.isInPage(page);
      known.set(page, isFound);
      return isFound;
    };
    return ({ hasText, entryPage, firstPage, currentPage }) =>
      hasText || isIn(entryPage || firstPage) || isIn(currentPage);
  }

  #find(high: number, low: number): FoundSession | undefined {
    const known = this.#index.find(high, low);
    if (known >= 0) return this.#found[known];
    if (this.#index.size >= this.max) {
      this.isCut = true;
      if (this.plan.sort !== 'last_seen_at') return undefined;
      this.#dropOldest();
    }
    this.#index.add(high, low);
    const [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const found: FoundSession = {
      ...{ lastArrival: max, firstArrival: min, first: min, last: max, count: 0, text: '', hasText: false },
      ...{
        entryPage: '',
        firstPage: '',
        firstView: min,
        currentPage: '',
        currentSince: max,
        isOnView: false,
      },
    };
    this.#found.push(found);
    return found;
  }

  /** Of a list by last arrival, the half that was seen last is what it begins with, whatever comes after it. */
  #dropOldest(): void {
    const arrivals = Float64Array.from(this.#found, ({ lastArrival }) => lastArrival).sort();
    const limit = arrivals[arrivals.length >> 1] ?? Number.NEGATIVE_INFINITY;
    this.heldAfter = Math.max(this.heldAfter, limit);
    const [hashes, found] = [this.#index.list(), this.#found];
    this.#index = new HashIndex();
    this.#found = [];
    for (const [number, one] of found.entries()) {
      if (one.lastArrival <= limit) continue;
      this.#index.add(hashes[2 * number] ?? 0, hashes[2 * number + 1] ?? 0);
      this.#found.push(one);
    }
  }
}
