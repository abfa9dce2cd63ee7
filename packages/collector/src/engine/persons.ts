/** Who is the same person, by keyed hashes of visitors and of the users they were known as. Pure. */
import type { HashColumn } from '../columns/chunk.js';
import { HashIndex } from './hash-index.js';

/** 64 bits in two halves; both 0 for none. */
export interface Hash {
  high: number;
  low: number;
}

export const readHash = ({ high, low }: HashColumn, row: number): Hash => ({
  high: high[row] ?? 0,
  low: low[row] ?? 0,
});

const isNone = ({ high, low }: Hash): boolean => high === 0 && low === 0;
const isSame = (a: Hash, b: Hash): boolean => a.high === b.high && a.low === b.low;

export class Persons {
  /** Visitors who were known as a user. */
  readonly #visitors = new HashIndex();
  /** By their number; undefined where there were several. */
  readonly #users: (Hash | undefined)[] = [];

  /** Notes that a visitor was known as a user, or as none. */
  add(visitor: Hash, user: Hash): void {
    if (isNone(user)) return;
    const known = this.#visitors.size;
    const number = this.#visitors.add(visitor.high, visitor.low);
    const before = this.#users[number];
    if (number === known) this.#users.push(user);
    else if (before && !isSame(before, user)) this.#users[number] = undefined;
  }

  /** To be called when all are noted. */
  find(visitor: Hash, user: Hash): Hash {
    if (!isNone(user)) return user;
    const number = this.#visitors.find(visitor.high, visitor.low);
    return (number < 0 ? undefined : this.#users[number]) ?? visitor;
  }
}
