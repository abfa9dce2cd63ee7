/** In which periods visitors were seen, over all chunks, and who came back. Pure. */
import type { Chunk, Group } from '../columns/chunk.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { HashIndex } from './hash-index.js';
import { isInOneBucket } from './numbers-plan.js';
import { toSampleGroup } from './sample.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

export interface VisitsPlan extends Restriction {
  /** First instants of the periods in ms, in order. What arrived before tells who is not new. */
  starts: readonly number[];
  /** The events by which visitors come back. Default: any. */
  returning?: EventRule | undefined;
}

/** Visitors first seen in the same period. */
export interface VisitorCohort {
  start: number;
  visitors: number;
  /** How many of them came back in that period, the next and so on. */
  returned: number[];
}

const WORD_BITS = 32;
const BEFORE_ALL = -1;

export function getVisitsGroups(plan: VisitsPlan, span: Span): Set<Group> {
  return new Set<Group>([
    ...getRestrictionGroups(plan, span),
    'context',
    ...(isWithinPeriod(plan, span) ? [] : (['arrival'] as const)),
    ...(plan.returning ? ([...getRuleGroups(plan.returning), 'arrival'] as const) : []),
  ]);
}

const isWithinPeriod = ({ starts, to }: VisitsPlan, span: Span): boolean =>
  span.to <= (starts[0] ?? to) || isInOneBucket([...starts, to], span);

export class Visits {
  readonly #visitors = new HashIndex();
  /** By visitor: the first period. */
  #first = new Int32Array(1_024);
  /** By visitor: a bit for each period in which they came back, in as many words as there must be. */
  #returned: Uint32Array;
  readonly #words: number;

  constructor(readonly plan: VisitsPlan) {
    this.#words = Math.ceil(plan.starts.length / WORD_BITS);
    this.#returned = new Uint32Array(this.#words * this.#first.length);
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, visitor, firstEvent } = chunk.context();
    const { returning } = this.plan;
    const isSingle = isWithinPeriod(this.plan, chunk);
    const arrival = isSingle ? undefined : chunk.arrival();
    const takes = returning && selectByRule(chunk, returning);
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const [high = 0, low = 0] = [visitor.high[context], visitor.low[context]];
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events && events[row] !== 1) continue;
        this.#see(
          high,
          low,
          this.#findPeriod(arrival ? (arrival[row] ?? 0) : chunk.from),
          takes?.[row] !== 0,
        );
        // All others say the same.
        if (isSingle && !takes) break;
      }
    }
  }

  /** @param group of visitors. Default: all */
  cohorts(group?: number): VisitorCohort[] {
    const { starts } = this.plan;
    const hashes = group === undefined ? undefined : this.#visitors.list();
    const cohorts = starts.map((start, first) => ({
      start,
      visitors: 0,
      returned: new Array<number>(starts.length - first).fill(0),
    }));
    for (let visitor = 0; visitor < this.#visitors.size; visitor += 1) {
      if (hashes && toSampleGroup(hashes[2 * visitor + 1] ?? 0) !== group) continue;
      const first = this.#first[visitor] ?? BEFORE_ALL;
      const cohort = cohorts[first];
      if (!cohort) continue;
      cohort.visitors += 1;
      for (let period = first; period < starts.length; period += 1) {
        const word = this.#returned[visitor * this.#words + Math.floor(period / WORD_BITS)] ?? 0;
        if ((word & (1 << (period % WORD_BITS))) !== 0)
          cohort.returned[period - first] = (cohort.returned[period - first] ?? 0) + 1;
      }
    }
    return cohorts;
  }

  #see(high: number, low: number, period: number, isReturn: boolean): void {
    const known = this.#visitors.size;
    const visitor = this.#visitors.add(high, low);
    if (visitor === known) {
      this.#makeRoom();
      this.#first[visitor] = period;
    } else if (period < (this.#first[visitor] ?? period)) this.#first[visitor] = period;
    if (period === BEFORE_ALL || !isReturn) return;
    const word = visitor * this.#words + Math.floor(period / WORD_BITS);
    this.#returned[word] = (this.#returned[word] ?? 0) | (1 << (period % WORD_BITS));
  }

  /** By bisection; -1 before the first. */
  #findPeriod(time: number): number {
    const { starts } = this.plan;
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #makeRoom(): void {
    if (this.#visitors.size <= this.#first.length) return;
    const [first, returned] = [this.#first, this.#returned];
    this.#first = new Int32Array(2 * first.length);
    this.#first.set(first);
    this.#returned = new Uint32Array(2 * returned.length);
    this.#returned.set(returned);
  }
}
