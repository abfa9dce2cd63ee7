/** The distinct contexts of a chunk while it is built. */
import { SESSION_DIMENSIONS, type SessionDimension } from '../events/dimensions.js';
import type { ContextColumns, HashColumn, IdColumns, TextColumn } from './chunk.js';
import { type CodeRows, growingIntegers, growingNumbers, type IntegerRows } from './growing-column.js';
import { selectRows } from './row-order.js';
import type { TextBudget } from './text-budget.js';
import { TextDictionary } from './text-dictionary.js';

/** A keyed hash of 64 bits in two halves; both 0 for none. */
export interface Hash {
  high: number;
  low: number;
}

export interface Context {
  session: Hash;
  visitor: Hash;
  user: Hash;
  /** In the order of `SESSION_DIMENSIONS`. */
  values: readonly (string | undefined)[];
}

/** Contexts as they are in a chunk. */
export interface OrderedContexts {
  context: Omit<ContextColumns, 'firstEvent' | 'duration'>;
  ids: IdColumns;
  /** Place in the chunk of each row as it was found. */
  ranks: Uint32Array;
}

interface HashRows {
  high: IntegerRows;
  low: IntegerRows;
}

const FIRST_SLOTS = 256;
const MAX_LOAD = 0.6;
const FREE = -1;

export class ContextRows {
  readonly #budget: TextBudget;
  readonly #session = createHashRows();
  readonly #visitor = createHashRows();
  readonly #user = createHashRows();
  readonly #dimensions: { dictionary: TextDictionary; codes: CodeRows }[];
  /** All that makes two contexts different. */
  readonly #key: (IntegerRows | CodeRows)[];
  readonly #firstArrival = growingNumbers();
  /** An earlier row that a row has become the same as, or its own number. */
  readonly #sameAs = growingIntegers();
  #slots = new Int32Array(FIRST_SLOTS).fill(FREE);
  #used = 0;
  #recoded = 0;

  constructor(budget: TextBudget) {
    this.#budget = budget;
    this.#dimensions = SESSION_DIMENSIONS.map(() => {
      const dictionary = new TextDictionary(budget);
      return { dictionary, codes: dictionary.createColumn() };
    });
    const hashes = [this.#session, this.#visitor, this.#user].flatMap(({ low, high }) => [low, high]);
    this.#key = [...hashes, ...this.#dimensions.map(({ codes }) => codes)];
  }

  /** The row of a context, which is added where there is none. */
  find(context: Context, arrival: number): number {
    this.#pushKey(context);
    if (this.#recoded !== this.#budget.recoded) this.#index(this.#slots.length);
    if (this.#used >= MAX_LOAD * this.#slots.length) this.#index(2 * this.#slots.length);
    const row = this.#firstArrival.length;
    const slot = this.#findSlot(row);
    const found = this.#slots[slot] ?? FREE;
    if (found !== FREE) {
      for (const column of this.#key) column.pop();
      this.#firstArrival.set(found, Math.min(this.#firstArrival.get(found), arrival));
      return found;
    }
    this.#firstArrival.push(arrival);
    this.#sameAs.push(row);
    this.#slots[slot] = row;
    this.#used += 1;
    return row;
  }

  /** As a row, even if it is taken away again: its codes change with the others when a later value of it is one too many. */
  #pushKey({ session, visitor, user, values }: Context): void {
    pushHash(this.#session, session);
    pushHash(this.#visitor, visitor);
    pushHash(this.#user, user);
    for (const [index, { dictionary, codes }] of this.#dimensions.entries())
      dictionary.push(codes, values[index]);
  }

  /** The slot of a row that is the same as this one, or a free one. */
  #findSlot(row: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(row) & mask;
    for (;;) {
      const other = this.#slots[slot] ?? FREE;
      if (other === FREE || this.#isSame(row, other)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isSame(row: number, other: number): boolean {
    for (const column of this.#key) if (column.get(row) !== column.get(other)) return false;
    return true;
  }

  #hash(row: number): number {
    let hash = 0;
    for (const column of this.#key) hash = Math.imul(hash ^ column.get(row), 0x9e3779b1) ^ (hash >>> 15);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  /** After values were counted as `(other)`, contexts that differed in them alone are the same. */
  #index(slots: number): void {
    this.#recoded = this.#budget.recoded;
    this.#slots = new Int32Array(slots).fill(FREE);
    this.#used = 0;
    for (let row = 0; row < this.#firstArrival.length; row += 1) {
      if (this.#sameAs.get(row) !== row) continue;
      const slot = this.#findSlot(row);
      const same = this.#slots[slot] ?? FREE;
      if (same === FREE) {
        this.#slots[slot] = row;
        this.#used += 1;
      } else {
        this.#sameAs.set(row, same);
        this.#firstArrival.set(same, Math.min(this.#firstArrival.get(same), this.#firstArrival.get(row)));
      }
    }
  }

  finish(): OrderedContexts {
    if (this.#recoded !== this.#budget.recoded) this.#index(this.#slots.length);
    const { rows, sessions } = this.#order();
    const firstRows = rows.filter((_, index) => index === 0 || sessions[index] !== sessions[index - 1]);
    const dimensions = {} as Record<SessionDimension, TextColumn>;
    for (const [index, dimension] of SESSION_DIMENSIONS.entries()) {
      const [column] = this.#dimensions[index]?.dictionary.finish([rows]) ?? [];
      if (column) dimensions[dimension] = column;
    }
    return {
      context: {
        count: rows.length,
        session: sessions,
        sessions: firstRows.length,
        visitor: pickHashes(this.#visitor, rows),
        dimensions,
      },
      ids: { session: pickHashes(this.#session, firstRows), user: pickHashes(this.#user, rows) },
      ranks: this.#rank(rows),
    };
  }

  /** Rows in the order of a chunk, and the number of the session of each. */
  #order(): { rows: Uint32Array; sessions: Uint32Array } {
    const all = this.#firstArrival.length;
    const byArrival = (a: number, b: number) =>
      this.#firstArrival.get(a) - this.#firstArrival.get(b) || this.#compareKeys(a, b);
    const bySession = (a: number, b: number) => compareHashes(this.#session, a, b);
    const rows = selectRows(all, (row) => this.#sameAs.get(row) === row);
    rows.sort((a, b) => bySession(a, b) || byArrival(a, b));
    /** By row: the first one of its session. */
    const first = new Uint32Array(all);
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1];
      first[row] = before !== undefined && bySession(before, row) === 0 ? (first[before] ?? 0) : row;
    }
    const byVisitor = (a: number, b: number) => compareHashes(this.#visitor, first[a] ?? 0, first[b] ?? 0);
    rows.sort((a, b) => byVisitor(a, b) || bySession(a, b) || byArrival(a, b));
    let number = -1;
    const sessions = rows.map((row) => {
      if (first[row] === row) number += 1;
      return number;
    });
    return { rows, sessions };
  }

  /** The order of contexts that arrived at one time: by what they are, so that it does not depend on which was added first. */
  #compareKeys(a: number, b: number): number {
    const byHash = compareHashes(this.#visitor, a, b) || compareHashes(this.#user, a, b);
    if (byHash !== 0) return byHash;
    for (const { dictionary, codes } of this.#dimensions) {
      const [left, right] = [dictionary.getValue(codes.get(a)), dictionary.getValue(codes.get(b))];
      if (left !== right) return right === undefined || (left !== undefined && left > right) ? 1 : -1;
    }
    return 0;
  }

  #rank(rows: Uint32Array): Uint32Array {
    const ranks = new Uint32Array(this.#firstArrival.length);
    for (const [rank, row] of rows.entries()) ranks[row] = rank;
    for (let row = 0; row < ranks.length; row += 1) ranks[row] = ranks[this.#sameAs.get(row)] ?? 0;
    return ranks;
  }
}

const createHashRows = (): HashRows => ({ high: growingIntegers(), low: growingIntegers() });

function pushHash(rows: HashRows, { high, low }: Hash): void {
  rows.high.push(high);
  rows.low.push(low);
}

const compareHashes = ({ high, low }: HashRows, a: number, b: number): number =>
  high.get(a) - high.get(b) || low.get(a) - low.get(b);

const pickHashes = ({ high, low }: HashRows, rows: Uint32Array): HashColumn => ({
  high: high.pick(rows),
  low: low.pick(rows),
});
