/** Rows while one chunk is counted: found by code, added up by value at its end. Pure. */
import { countersAt, type RowSet } from '../rollup/row-set.js';
import type { Column } from './column.js';
import { addTo, type CounterList, createCounters } from './counter-list.js';
import type { Fact, RowFacts } from './row-facts.js';

export interface ChunkRow {
  counters: CounterList;
  fact: Fact | undefined;
  /** The context that was noted with it last, so that it is noted once. */
  lastContext: number;
  countsSessions: boolean;
}

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

/** Rows of a column. */
export class ChunkRows {
  readonly #rows: (ChunkRow | undefined | null)[] = [];

  constructor(
    readonly column: Codes,
    readonly target: RowsTarget,
  ) {}

  /** The row that a context or event counts in; undefined where it has no value, or none that is wanted. */
  at(index: number): ChunkRow | undefined {
    const code = this.column.codes[index] ?? 0;
    let row = this.#rows[code];
    if (row === undefined) {
      row = createRow(this.column.values[code], this.target) ?? null;
      this.#rows[code] = row;
    }
    return row ?? undefined;
  }

  flush(): void {
    for (const [code, row] of this.#rows.entries()) addRow(this.column.values[code], row, this.target);
  }
}

/** More codes than any column has: those of pairs are numbers in steps of it. */
const PAIR_STEP = 2 ** 26;

/** Rows of two columns' values together. */
export class PairRows {
  readonly #rows = new Map<number, { row: ChunkRow | undefined; value: string | undefined }>();

  constructor(
    readonly left: Codes,
    readonly right: Codes,
    readonly separator: string,
    readonly target: RowsTarget,
  ) {}

  /** The row of a pair, by the indices that the columns have it at. */
  at(leftIndex: number, rightIndex: number): ChunkRow | undefined {
    const [left, right] = [this.left.codes[leftIndex] ?? 0, this.right.codes[rightIndex] ?? 0];
    const pair = left * PAIR_STEP + right;
    let found = this.#rows.get(pair);
    if (!found) {
      const parts = [this.left.values[left], this.right.values[right]];
      const value = parts.includes(undefined) ? undefined : parts.join(this.separator);
      found = { value, row: createRow(value, this.target) };
      this.#rows.set(pair, found);
    }
    return found.row;
  }

  flush(): void {
    for (const { value, row } of this.#rows.values()) addRow(value, row, this.target);
  }
}

function createRow(value: string | undefined, target: RowsTarget): ChunkRow | undefined {
  if (value === undefined || !target.isWanted(value)) return undefined;
  const { axis, facts, countsSessions } = target;
  return {
    counters: createCounters(),
    fact: facts.at(axis, value, countsSessions),
    lastContext: -1,
    countsSessions,
  };
}

function addRow(value: string | undefined, row: ChunkRow | undefined | null, { into }: RowsTarget): void {
  if (value === undefined || !row || row.counters.every((number) => number === 0)) return;
  addTo(countersAt(into, value), row.counters);
}
