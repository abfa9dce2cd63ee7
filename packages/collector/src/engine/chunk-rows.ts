/** Rows while one chunk is counted: found by code, added up by value at its end. Pure. */
import { addValue, type Counters } from '../events/counters.js';
import { countersAt, type RowSet } from '../rollup/row-set.js';
import type { Column } from './column.js';
import { type CounterList, ROW_LENGTH } from './counter-list.js';
import type { Fact, RowFacts } from './row-facts.js';

/** What rows are wanted, and where they go. */
export interface RowsTarget {
  axis: string;
  into: RowSet;
  facts: RowFacts;
  /** Whether sessions are counted by their hashes, where no ordinal tells the first of a row. */
  countsSessions: boolean;
  isWanted(value: string): boolean;
}

type Codes = Pick<Column, 'codes' | 'values'>;

/** There is none, as for an event without a value. */
export const NO_ROW = -1;
const UNSEEN = -2;
const FIRST_ROWS = 32;

/** Counters of all rows in one list, and what else is known of each, by its number. */
class CountedRows {
  readonly facts: (Fact | undefined)[] = [];
  readonly #values: string[] = [];
  #counters = new Float64Array(FIRST_ROWS * ROW_LENGTH);
  /** By row: the context that was noted with it last, so that it is noted once. */
  #lastContext = new Int32Array(FIRST_ROWS).fill(NO_ROW);

  constructor(readonly target: RowsTarget) {}

  /** Adds one, or so many, to a counter of a row. */
  count(row: number, place: number, times = 1): void {
    const at = row * ROW_LENGTH + place;
    this.#counters[at] = (this.#counters[at] ?? 0) + times;
  }

  addList(row: number, list: CounterList): void {
    const counters = this.#counters;
    const start = row * ROW_LENGTH;
    for (let place = 0; place < ROW_LENGTH; place += 1)
      counters[start + place] = (counters[start + place] ?? 0) + (list[place] ?? 0);
  }

  /** Whether a context was not noted with the row before it. */
  isNew(row: number, context: number): boolean {
    if (this.#lastContext[row] === context) return false;
    this.#lastContext[row] = context;
    return true;
  }

  flush(): void {
    for (const [row, value] of this.#values.entries()) {
      const start = row * ROW_LENGTH;
      let counters: Counters | undefined;
      for (let place = 0; place < ROW_LENGTH; place += 1) {
        const number = this.#counters[start + place];
        if (!number) continue;
        counters ??= countersAt(this.target.into, value);
        addValue(counters, place, number);
      }
    }
  }

  protected addRow(value: string | undefined): number {
    const { axis, facts, isWanted, countsSessions } = this.target;
    if (value === undefined || !isWanted(value)) return NO_ROW;
    const row = this.#values.push(value) - 1;
    this.facts.push(facts.at(axis, value, countsSessions));
    if (row === this.#lastContext.length) this.#grow();
    return row;
  }

  #grow(): void {
    const [counters, lastContext] = [this.#counters, this.#lastContext];
    this.#counters = new Float64Array(4 * counters.length);
    this.#counters.set(counters);
    this.#lastContext = new Int32Array(4 * lastContext.length).fill(NO_ROW);
    this.#lastContext.set(lastContext);
  }
}

/** Rows of a column. */
export class ChunkRows extends CountedRows {
  readonly #byCode: Int32Array;

  constructor(
    readonly column: Codes,
    target: RowsTarget,
  ) {
    super(target);
    this.#byCode = new Int32Array(column.values.length).fill(UNSEEN);
  }

  /** The row that a context or event counts in; `NO_ROW` where it has no value, or none that is wanted. */
  at(index: number): number {
    const code = this.column.codes[index] ?? 0;
    const row = this.#byCode[code] ?? NO_ROW;
    return row === UNSEEN ? this.#see(code) : row;
  }

  #see(code: number): number {
    const row = this.addRow(this.column.values[code]);
    this.#byCode[code] = row;
    return row;
  }
}

/** More codes than any column has: those of pairs are numbers in steps of it. */
const PAIR_STEP = 2 ** 26;
/** As many pairs are looked up in a list: there are no more of most two columns. */
const MAX_LISTED_PAIRS = 2 ** 16;

/** Rows of two columns' values together. */
export class PairRows extends CountedRows {
  readonly #byPair = new Map<number, number>();
  readonly #listed: Int32Array | undefined;
  readonly #step: number;

  constructor(
    readonly left: Codes,
    readonly right: Codes,
    readonly separator: string,
    target: RowsTarget,
  ) {
    super(target);
    const pairs = left.values.length * right.values.length;
    this.#listed = pairs <= MAX_LISTED_PAIRS ? new Int32Array(pairs).fill(UNSEEN) : undefined;
    this.#step = this.#listed ? right.values.length : PAIR_STEP;
  }

  /** The row of a pair, by the indices that the columns have it at. */
  at(leftIndex: number, rightIndex: number): number {
    const [left, right] = [this.left.codes[leftIndex] ?? 0, this.right.codes[rightIndex] ?? 0];
    const pair = left * this.#step + right;
    const row = (this.#listed ? this.#listed[pair] : this.#byPair.get(pair)) ?? UNSEEN;
    return row === UNSEEN ? this.#see(pair, this.left.values[left], this.right.values[right]) : row;
  }

  #see(pair: number, left: string | undefined, right: string | undefined): number {
    const isNone = left === undefined || right === undefined;
    const row = this.addRow(isNone ? undefined : `${left}${this.separator}${right}`);
    if (this.#listed) this.#listed[pair] = row;
    else this.#byPair.set(pair, row);
    return row;
  }
}
