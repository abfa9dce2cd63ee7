/** What rollups do not know of rows: visitors, sessions, and amounts of money. Pure. */
import { MAX_ROW_DISTINCT_BYTES, MAX_ROW_FACTS } from '../budgets.js';
import { roundMicros } from '../events/money.js';
import { RowDistinct } from './row-distinct.js';

/** A row, by its number. */
export interface Fact {
  row: number;
  /** Micro-units of money by currency. */
  revenue: Map<string, number> | undefined;
}

export class RowFacts {
  readonly #visitors = new RowDistinct(MAX_ROW_DISTINCT_BYTES);
  readonly #sessions = new RowDistinct(MAX_ROW_DISTINCT_BYTES);
  readonly #rows = new Map<string, Map<string, Fact>>();
  #count = 0;
  /** Visitors that each one of a sample stands for. */
  weight = 1;

  /** Of how many visitors or sessions one is counted: 1 while all are. */
  get share(): number {
    return Math.max(this.#visitors.share, this.#sessions.share);
  }

  /** The row of a value; undefined where there are too many. */
  at(axis: string, value: string): Fact | undefined {
    let rows = this.#rows.get(axis);
    if (!rows) {
      rows = new Map();
      this.#rows.set(axis, rows);
    }
    let fact = rows.get(value);
    if (!fact && this.#count < MAX_ROW_FACTS) {
      fact = { row: this.#count, revenue: undefined };
      rows.set(value, fact);
      this.#count += 1;
    }
    return fact;
  }

  addVisitor({ row }: Fact, high: number, low: number): void {
    this.#visitors.add(row, high, low);
  }

  addSession({ row }: Fact, high: number, low: number): void {
    this.#sessions.add(row, high, low);
  }

  addMoney(fact: Fact, currency: string, micros: number): void {
    fact.revenue ??= new Map();
    fact.revenue.set(currency, roundMicros((fact.revenue.get(currency) ?? 0) + micros));
  }

  /** What is known of a row; undefined where nothing is. */
  find(
    axis: string,
    value: string,
  ): { row: number; visitors: number; sessions: number; revenue: ReadonlyMap<string, number> } | undefined {
    const fact = this.#rows.get(axis)?.get(value);
    return (
      fact && {
        row: fact.row,
        visitors: Math.round(this.weight * this.#visitors.count(fact.row)),
        sessions: Math.round(this.weight * this.#sessions.count(fact.row)),
        revenue: this.#weighMoney(fact.revenue ?? NO_MONEY),
      }
    );
  }

  #weighMoney(revenue: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    if (this.weight === 1) return revenue;
    return new Map([...revenue].map(([currency, micros]) => [currency, roundMicros(this.weight * micros)]));
  }
}

const NO_MONEY: ReadonlyMap<string, number> = new Map();
