/** Who reached a goal, how often, and what that is worth: of all, of each bucket, and of the sessions in each row. Pure. */
import { MAX_ROW_DISTINCT_BYTES } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { roundMicros } from '../events/money.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { type Amount, getWorthGroups, readAmounts, type Worth } from './goal-worth.js';
import { HashIndex } from './hash-index.js';
import { RowDistinct } from './row-distinct.js';
import type { Selection } from './selection.js';

export interface MeasuredGoal {
  rule: EventRule;
  worth: Worth;
}

export interface GoalTotals {
  /** Events that meet the goal. */
  conversions: number;
  /** Sessions with such an event. */
  sessions: number;
  /** Micro-units of money by currency. */
  amounts: Map<string, number>;
}

export const getGoalGroups = ({ rule, worth }: MeasuredGoal): Group[] => [
  ...getRuleGroups(rule),
  ...getWorthGroups(worth),
];

export class GoalNumbers {
  /** What each number stands for, where they are of a sample. */
  weight = 1;
  readonly #total = noTotals();
  readonly #buckets: readonly GoalTotals[];
  /** Sessions that reached the goal, and what each did, by number. */
  readonly #index = new HashIndex();
  readonly #bySession: GoalTotals[] = [];
  readonly #inBuckets: RowDistinct;
  readonly #inRows: RowDistinct;
  #byRow: Map<number, GoalTotals> | undefined;

  /** @param bounds of the buckets in order, in ms: one more than there are buckets */
  constructor(
    readonly goal: MeasuredGoal,
    readonly bounds: readonly number[],
    distinctBytes = MAX_ROW_DISTINCT_BYTES,
  ) {
    this.#inBuckets = new RowDistinct(distinctBytes);
    this.#inRows = new RowDistinct(distinctBytes);
    this.#buckets = bounds.slice(1).map(noTotals);
  }

  /** To be called with each chunk before rows are noted. */
  add(chunk: Chunk, { contexts, events }: Selection): void {
    const met = selectByRule(chunk, this.goal.rule);
    if (!met.includes(1)) return;
    const amountAt = readAmounts(chunk, this.goal.worth);
    const bucketAt = this.#toBuckets(chunk);
    const { count, session, firstEvent } = chunk.context();
    const { high, low } = chunk.ids().session;
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const number = session[context] ?? 0;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (met[row] !== 1 || (events && events[row] !== 1)) continue;
        this.#count(high[number] ?? 0, low[number] ?? 0, bucketAt(row), amountAt(row));
      }
    }
  }

  /** Of how many sessions one is counted in buckets and rows: 1 while all are. */
  get share(): number {
    return Math.max(this.#inRows.share, this.#inBuckets.share);
  }

  get total(): GoalTotals {
    return weigh(this.#total, this.weight);
  }

  ofBucket(index: number): GoalTotals {
    const bucket = this.#buckets[index] ?? noTotals();
    return weigh({ ...bucket, sessions: this.#inBuckets.count(index) }, this.weight);
  }

  /** Notes a session in a row. */
  addToRow(row: number, high: number, low: number): void {
    if (this.#index.find(high, low) >= 0) this.#inRows.add(row, high, low);
  }

  /** What the sessions in a row did, anywhere. */
  ofRow(row: number): GoalTotals {
    this.#byRow ??= this.#sumRows();
    return weigh(this.#byRow.get(row) ?? noTotals(), this.weight);
  }

  /** The same of several rows together, where a session of many of them counts once. */
  ofRows(rows: ReadonlySet<number>): GoalTotals {
    const sum = noTotals();
    const seen = new Set<number>();
    for (const { row, number, high, low } of this.#inRows.pairs()) {
      const own = this.#bySession[this.#index.find(high, low)];
      if (!own || !rows.has(row) || seen.has(number)) continue;
      seen.add(number);
      addTotals(sum, own, this.#inRows.share);
    }
    return weigh(sum, this.weight);
  }

  #count(high: number, low: number, bucket: number, amount: Amount | undefined): void {
    const number = this.#index.add(high, low);
    let own = this.#bySession[number];
    if (!own) {
      own = { ...noTotals(), sessions: 1 };
      this.#bySession[number] = own;
      this.#total.sessions += 1;
    }
    const ofBucket = this.#buckets[bucket];
    if (ofBucket) this.#inBuckets.add(bucket, high, low);
    for (const totals of [this.#total, own, ofBucket]) {
      if (!totals) continue;
      totals.conversions += 1;
      if (amount) addAmount(totals.amounts, amount.currency, amount.micros);
    }
  }

  #toBuckets(chunk: Chunk): (row: number) => number {
    const single = this.#findBucket(chunk.from);
    if (single >= 0 && chunk.to <= (this.bounds[single + 1] ?? 0)) return () => single;
    const arrival = chunk.arrival();
    return (row) => this.#findBucket(arrival[row] ?? 0);
  }

  /** -1 before the first. */
  #findBucket(time: number): number {
    return this.bounds.findLastIndex((bound) => bound <= time);
  }

  #sumRows(): Map<number, GoalTotals> {
    const byRow = new Map<number, GoalTotals>();
    for (const { row, high, low } of this.#inRows.pairs()) {
      const own = this.#bySession[this.#index.find(high, low)];
      if (!own) continue;
      const sum = byRow.get(row) ?? noTotals();
      byRow.set(row, sum);
      addTotals(sum, own, this.#inRows.share);
    }
    return byRow;
  }
}

const noTotals = (): GoalTotals => ({ conversions: 0, sessions: 0, amounts: new Map() });

function weigh({ conversions, sessions, amounts }: GoalTotals, weight: number): GoalTotals {
  return {
    conversions: Math.round(weight * conversions),
    sessions: Math.round(weight * sessions),
    amounts: new Map([...amounts].map(([currency, micros]) => [currency, roundMicros(weight * micros)])),
  };
}

function addTotals(sum: GoalTotals, own: GoalTotals, times: number): void {
  sum.sessions += times;
  sum.conversions += own.conversions * times;
  for (const [currency, micros] of own.amounts) addAmount(sum.amounts, currency, micros * times);
}

function addAmount(amounts: Map<string, number>, currency: string, micros: number): void {
  amounts.set(currency, roundMicros((amounts.get(currency) ?? 0) + micros));
}
