/** The numbers that one property has, by the values of a field. Pure. */
import { MAX_ROW_FACTS } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { getFieldGroups } from './column.js';
import type { Field } from './condition.js';
import { readField } from './field-values.js';
import { type NumberStats, NumbersByRow } from './number-stats.js';
import { getPropertyGroups, selectNamed } from './property-facts.js';
import { type Restriction, type Selection, type Span, toEventMask } from './selection.js';

export interface PropertyNumbersPlan extends Restriction {
  key: string;
  /** Only events of that name. Default: all. */
  event: string | undefined;
  field: Field;
}

export const getPropertyNumbersGroups = (plan: PropertyNumbersPlan, span: Span): Set<Group> =>
  new Set<Group>([...getPropertyGroups(plan, span), ...getFieldGroups(plan.field)]);

export class PropertyNumbers {
  readonly numbers = new NumbersByRow();
  /** Numbers at further values, which have no row. */
  unlisted = 0;
  readonly #rows = new Map<string, number>();

  constructor(readonly plan: PropertyNumbersPlan) {}

  add(chunk: Chunk, selection: Selection): void {
    const property = chunk.property().get(this.plan.key);
    if (!property) return;
    const isCounted = selectNamed(chunk, this.plan.event, toEventMask(chunk, selection));
    const values = readField(chunk, this.plan.field, this.plan);
    for (const [index, event] of property.rows.entries()) {
      const number = property.number[index] ?? Number.NaN;
      const value = values(event);
      if (Number.isNaN(number) || value === undefined || (isCounted && isCounted[event] !== 1)) continue;
      const row = this.#rows.get(value) ?? this.#addRow(value);
      if (row === undefined) this.unlisted += 1;
      else this.numbers.add(row, number);
    }
  }

  /** By value. */
  finish(): Map<string, NumberStats> {
    const stats = this.numbers.finish();
    return new Map(
      [...this.#rows].flatMap(([value, row]) => {
        const found = stats.get(row);
        return found ? [[value, found] as const] : [];
      }),
    );
  }

  #addRow(value: string): number | undefined {
    if (this.#rows.size >= MAX_ROW_FACTS) return undefined;
    const row = this.#rows.size;
    this.#rows.set(value, row);
    return row;
  }
}
