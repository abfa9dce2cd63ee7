/** Orders and what they brought in, by the values of a field and by currency. Pure. */
import { MAX_REPORT_GROUPS, MAX_ROW_DISTINCT_BYTES } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { roundMicros } from '../events/money.js';
import { BoundedRows } from './bounded-rows.js';
import { getFieldGroups } from './column.js';
import type { Field } from './condition.js';
import { readField } from './field-values.js';
import { RowDistinct } from './row-distinct.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

export interface RevenuePlan extends Restriction {
  /** Rows are by its values. */
  field: Field;
  /** Only conversions of that type. Default: all. */
  type: string | undefined;
  /** What several scans share. */
  readValue?: (chunk: Chunk) => (event: number) => string | undefined;
}

/** In micro-units of one currency. */
export interface Money {
  /** Conversions with an amount of zero or more, and their sum. */
  orders: number;
  gross: number;
  /** Those with a negative one: refunds. */
  refunds: number;
  /** Sum of all. */
  net: number;
}

export interface RevenueRow {
  value: string;
  /** Visitors with an order. */
  visitors: number;
  /** By currency. */
  money: Map<string, Money>;
}

export const getRevenueGroups = (plan: RevenuePlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...getFieldGroups(plan.field),
    ...(['context', 'event'] as const),
  ]);

/** What a conversion without a value of the field has. */
const NONE = '(none)';

export class Revenue {
  /** Of all rows. */
  readonly total = new Map<string, Money>();
  readonly #rows: BoundedRows<{ row: number; money: Map<string, Money> }>;
  readonly #visitors: RowDistinct;

  constructor(
    readonly plan: RevenuePlan,
    max = { rows: MAX_REPORT_GROUPS, distinctBytes: MAX_ROW_DISTINCT_BYTES },
  ) {
    this.#rows = new BoundedRows(max.rows, (row) => ({ row, money: new Map<string, Money>() }));
    this.#visitors = new RowDistinct(max.distinctBytes);
  }

  /** How many conversions were counted as `(other)`. */
  get over(): number {
    return this.#rows.over;
  }

  /** Of how many visitors one is counted: 1 while all are. */
  get share(): number {
    return this.#visitors.share;
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { kind, kinds, micros } = chunk.event();
    const { type } = this.plan;
    const currencies = kinds.map(({ conversionType, currency }) =>
      type === undefined || type === conversionType ? currency : undefined,
    );
    if (currencies.every((currency) => currency === undefined)) return;
    const valueAt = this.plan.readValue?.(chunk) ?? readField(chunk, this.plan.field, this.plan);
    const { visitor, count, firstEvent } = chunk.context();
    for (let context = 0; context < count; context += 1) {
      if (contexts?.[context] === 0) continue;
      for (let event = firstEvent[context] ?? 0; event < (firstEvent[context + 1] ?? 0); event += 1) {
        const currency = currencies[kind[event] ?? 0];
        if (currency === undefined || events?.[event] === 0) continue;
        const amount = micros[event] ?? Number.NaN;
        if (Number.isNaN(amount)) continue;
        const { row, money } = this.#rows.find(valueAt(event) ?? NONE);
        addAmount(money, currency, amount);
        addAmount(this.total, currency, amount);
        if (amount >= 0) this.#visitors.add(row, visitor.high[context] ?? 0, visitor.low[context] ?? 0);
      }
    }
  }

  rows(): RevenueRow[] {
    return [...this.#rows].map(([value, { row, money }]) => ({
      ...{ value, money },
      visitors: this.#visitors.count(row),
    }));
  }
}

function addAmount(into: Map<string, Money>, currency: string, micros: number): void {
  const money = into.get(currency) ?? { orders: 0, gross: 0, refunds: 0, net: 0 };
  into.set(currency, money);
  money.net = roundMicros(money.net + micros);
  if (micros < 0) {
    money.refunds += 1;
    return;
  }
  money.orders += 1;
  money.gross = roundMicros(money.gross + micros);
}
