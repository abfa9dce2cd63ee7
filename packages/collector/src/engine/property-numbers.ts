/** The numbers that one property has, by the values of a field. Pure. */
import { MAX_EXACT_NUMBERS, MAX_ROW_FACTS } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { CROSS_SEPARATOR } from './axis-rows.js';
import { type Column, getFieldGroups, toColumn } from './column.js';
import { readContexts } from './field-values.js';
import { type NumberStats, NumbersByRow } from './number-stats.js';
import type { Axis } from './numbers-plan.js';
import { getPropertyGroups } from './property-facts.js';
import { type Restriction, type Selection, type Span, toEventMask } from './selection.js';

export interface PropertyNumbersPlan extends Restriction {
  key: string;
  /** Only events of that name. Default: all. */
  event: string | undefined;
  /** One, or two crossed. */
  fields: Axis['fields'];
}

export const getPropertyNumbersGroups = (plan: PropertyNumbersPlan, span: Span): Set<Group> =>
  new Set<Group>([...getPropertyGroups(plan, span), ...plan.fields.flatMap(getFieldGroups)]);

/** What is held at most. */
export interface NumberLimits {
  rows: number;
  /** Of which percentiles are made. */
  numbers: number;
}

export const NUMBER_LIMITS: NumberLimits = { rows: MAX_ROW_FACTS, numbers: MAX_EXACT_NUMBERS };

export class PropertyNumbers {
  readonly numbers: NumbersByRow;
  /** Numbers at further values, which have no row. */
  unlisted = 0;
  readonly #rows = new Map<string, number>();

  constructor(
    readonly plan: PropertyNumbersPlan,
    readonly max: NumberLimits = NUMBER_LIMITS,
  ) {
    this.numbers = new NumbersByRow(max.numbers);
  }

  add(chunk: Chunk, selection: Selection): void {
    const property = chunk.property().get(this.plan.key);
    if (!property) return;
    const { rows, number } = property;
    const isCounted = toEventMask(chunk, selection);
    const isNamed = this.#toNamed(chunk);
    const { kind } = chunk.event();
    const columns = this.plan.fields.map((field) => toColumn(chunk, field, this.plan));
    const [left, right] = columns;
    if (!left) return;
    const contextAt = columns.some(({ of }) => of === 'context') ? readContexts(chunk) : undefined;
    const codeAt = ({ of, codes }: Column, event: number) =>
      codes[of === 'context' && contextAt ? contextAt(event) : event] ?? 0;
    /** By codes of the values: its row, or why there is none. */
    const known = new Map<number, number>();
    for (let index = 0; index < rows.length; index += 1) {
      const event = rows[index] ?? 0;
      if (isNamed[kind[event] ?? 0] !== 1 || (isCounted && isCounted[event] !== 1)) continue;
      const value = number[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const [leftCode, rightCode] = [codeAt(left, event), right ? codeAt(right, event) : 0];
      const pair = leftCode * (right?.values.length ?? 1) + rightCode;
      let row = known.get(pair);
      if (row === undefined) {
        row = this.#findRow(toRowValue(left.values[leftCode], right && { value: right.values[rightCode] }));
        known.set(pair, row);
      }
      if (row >= 0) this.numbers.add(row, value);
      else if (row === UNLISTED) this.unlisted += 1;
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

  /** By code of their kind: 1 for events of the name that is asked for. */
  #toNamed(chunk: Chunk): Uint8Array {
    const { event } = this.plan;
    return Uint8Array.from(chunk.event().kinds, ({ name }) =>
      event === undefined || name === event ? 1 : 0,
    );
  }

  #findRow(value: string | undefined): number {
    if (value === undefined) return NO_VALUE;
    const known = this.#rows.get(value);
    if (known !== undefined) return known;
    if (this.#rows.size >= this.max.rows) return UNLISTED;
    const row = this.#rows.size;
    this.#rows.set(value, row);
    return row;
  }
}

const NO_VALUE = -2;
const UNLISTED = -3;

/** Of two fields, both values; undefined where an event lacks one. */
function toRowValue(
  left: string | undefined,
  right: { value: string | undefined } | undefined,
): string | undefined {
  if (!right || left === undefined) return left;
  return right.value === undefined ? undefined : `${left}${CROSS_SEPARATOR}${right.value}`;
}
