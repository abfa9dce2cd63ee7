/** What rollups do not know of rows: visitors, sessions, and amounts of money. Pure. */
import { MAX_ROW_DISTINCT_BYTES, MAX_ROW_FACTS } from '../budgets.js';
import { roundMicros } from '../events/money.js';
import { RowDistinct } from './row-distinct.js';
import { noSessionTotals, type SessionSums, type SessionTotals } from './session-sums.js';

/** A row, by its number. */
export interface Fact {
  row: number;
  /** Micro-units of money by currency. */
  revenue: Map<string, number> | undefined;
  /** Whether its sessions are noted. */
  countsSessions: boolean;
}

/** What is known of a row. */
export interface KnownRow {
  /** More than one where several values are one row. */
  rows: ReadonlySet<number>;
  visitors: number;
  /** Where they are counted: those with such an event. */
  sessions?: number;
  /** Where they are counted as a whole: what those with such an event did. */
  ofSessions?: SessionTotals;
  revenue: ReadonlyMap<string, number>;
}

export class RowFacts {
  readonly #visitors: RowDistinct;
  readonly #sessions: RowDistinct;
  readonly #rows = new Map<string, Map<string, Fact>>();
  #count = 0;
  #ofSessions: Map<number, SessionTotals> | undefined;
  /** Visitors that each one of a sample stands for. */
  weight = 1;

  /** @param sums of the sessions; absent where single events pass, which say nothing of the rest of their sessions */
  constructor(
    readonly sums?: SessionSums,
    readonly max = { rows: MAX_ROW_FACTS, distinctBytes: MAX_ROW_DISTINCT_BYTES },
  ) {
    this.#visitors = new RowDistinct(max.distinctBytes);
    this.#sessions = new RowDistinct(max.distinctBytes);
  }

  /** Of how many visitors or sessions one is counted: 1 while all are. */
  get share(): number {
    return Math.max(this.#visitors.share, this.#sessionShare);
  }

  get #sessionShare(): number {
    return Math.max(this.#sessions.share, this.sums?.share ?? 1);
  }

  /** The row of a value; undefined where there are too many. */
  at(axis: string, value: string, countsSessions = false): Fact | undefined {
    let rows = this.#rows.get(axis);
    if (!rows) {
      rows = new Map();
      this.#rows.set(axis, rows);
    }
    let fact = rows.get(value);
    if (!fact && this.#count < this.max.rows) {
      fact = { row: this.#count, revenue: undefined, countsSessions };
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
    this.#ofSessions = undefined;
  }

  addMoney(fact: Fact, currency: string, micros: number): void {
    fact.revenue ??= new Map();
    fact.revenue.set(currency, roundMicros((fact.revenue.get(currency) ?? 0) + micros));
  }

  /** What is known of a row; undefined where nothing is. */
  find(axis: string, value: string): KnownRow | undefined {
    const fact = this.#rows.get(axis)?.get(value);
    return (
      fact && {
        rows: new Set([fact.row]),
        visitors: Math.round(this.weight * this.#visitors.count(fact.row)),
        ...(fact.countsSessions ? this.#countSessions(fact.row) : {}),
        revenue: this.#weighMoney(fact.revenue ?? NO_MONEY),
      }
    );
  }

  /** The same of several values together; a visitor or session of many of them counts once. */
  findAll(axis: string, values: readonly string[]): KnownRow | undefined {
    const rows = this.#rows.get(axis);
    const facts = values.flatMap((value) => rows?.get(value) ?? []);
    const [first] = facts;
    if (!rows || !first || facts.length < values.length) return undefined;
    const numbers = new Set(facts.map(({ row }) => row));
    const revenue = new Map<string, number>();
    for (const fact of facts)
      for (const [currency, micros] of fact.revenue ?? [])
        revenue.set(currency, roundMicros((revenue.get(currency) ?? 0) + micros));
    return {
      rows: numbers,
      visitors: Math.round(this.weight * this.#visitors.countAll(numbers)),
      ...(first.countsSessions ? this.#countSessionsOf(numbers) : {}),
      revenue: this.#weighMoney(revenue),
    };
  }

  #countSessionsOf(rows: ReadonlySet<number>): Pick<KnownRow, 'sessions' | 'ofSessions'> {
    if (!this.sums) return { sessions: Math.round(this.weight * this.#sessions.countAll(rows)) };
    const together = this.#sumSessions(this.sums, (row) => (rows.has(row) ? 0 : undefined)).get(0);
    const ofSessions = weigh(together ?? noSessionTotals(), this.weight);
    return { sessions: ofSessions.sessions, ofSessions };
  }

  /** A session is one that began, as in totals: a server's events alone are no visit. Where single events pass, it is any. */
  #countSessions(row: number): Pick<KnownRow, 'sessions' | 'ofSessions'> {
    if (!this.sums) return { sessions: Math.round(this.weight * this.#sessions.count(row)) };
    this.#ofSessions ??= this.#sumSessions(this.sums);
    const ofSessions = weigh(this.#ofSessions.get(row) ?? noSessionTotals(), this.weight);
    return { sessions: ofSessions.sessions, ofSessions };
  }

  /** @param toRow the row that a row counts in, where several are one; undefined for none */
  #sumSessions(sums: SessionSums, toRow?: (row: number) => number | undefined): Map<number, SessionTotals> {
    const byRow = new Map<number, SessionTotals>();
    const seen = toRow && new Set<number>();
    const share = this.#sessionShare;
    for (const { row: own, number, high, low } of this.#sessions.pairs()) {
      const row = toRow ? toRow(own) : own;
      if (row === undefined || (high & (share - 1)) !== 0 || seen?.has(number)) continue;
      seen?.add(number);
      let totals = byRow.get(row);
      if (!totals) {
        totals = noSessionTotals();
        byRow.set(row, totals);
      }
      sums.addTo(totals, high, low, share);
    }
    return byRow;
  }

  #weighMoney(revenue: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    if (this.weight === 1) return revenue;
    return new Map([...revenue].map(([currency, micros]) => [currency, roundMicros(this.weight * micros)]));
  }
}

const NO_MONEY: ReadonlyMap<string, number> = new Map();

const weigh = (totals: SessionTotals, weight: number): SessionTotals => {
  const weighed = { ...totals };
  for (const name of Object.keys(noSessionTotals()) as (keyof SessionTotals)[])
    weighed[name] = Math.round(weight * totals[name]);
  return weighed;
};
