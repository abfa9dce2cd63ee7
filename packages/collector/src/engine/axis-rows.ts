/** Rows of one chunk by an axis that rollups do not have. Pure. */
import type { Chunk } from '../columns/chunk.js';
import type { RowSet } from '../rollup/row-set.js';
import { ChunkRows, NO_ROW, PairRows, type RowsTarget } from './chunk-rows.js';
import { type Column, toColumn } from './column.js';
import type { Axis, NumbersPlan } from './numbers-plan.js';
import type { RowFacts } from './row-facts.js';

/** Stands between the two values of a row of two fields. No page has it, for it is escaped there. */
export const CROSS_SEPARATOR = '\u001f';

export class AxisRows {
  /** Whether all events of a context count in the same row. */
  readonly isOfContext: boolean;
  readonly rows: ChunkRows | PairRows;
  readonly #columns: readonly Column[];
  /** By code of their kind: the events that count. */
  readonly #isCounted: readonly boolean[] | undefined;
  readonly #kind: Uint16Array;

  constructor(
    chunk: Chunk,
    { name, fields, event }: Axis,
    plan: NumbersPlan,
    { into, facts }: { into: RowSet; facts: RowFacts },
  ) {
    const { kind, kinds } = chunk.event();
    const columns = fields.map((field) => toColumn(chunk, field, plan));
    this.isOfContext = event === undefined && columns.every((column) => column.of === 'context');
    const countsSessions = plan.level === 'event' || !this.isOfContext;
    const target: RowsTarget = { axis: name, into, facts, countsSessions, isWanted: () => true };
    const [left = NONE, right] = columns;
    this.#columns = columns;
    this.rows = right ? new PairRows(left, right, CROSS_SEPARATOR, target) : new ChunkRows(left, target);
    this.#isCounted = event === undefined ? undefined : kinds.map((one) => one.name === event);
    this.#kind = kind;
  }

  /** Whether events of a kind count, by its code. */
  counts(kind: number): boolean {
    return this.#isCounted?.[kind] !== false;
  }

  /** The row of an event; where it is of the context, that of all its events. */
  at(context: number, event: number): number {
    if (this.#isCounted?.[this.#kind[event] ?? 0] === false) return NO_ROW;
    const [left, right] = this.#columns;
    const leftIndex = left?.of === 'context' ? context : event;
    if (this.rows instanceof ChunkRows) return this.rows.at(leftIndex);
    return this.rows.at(leftIndex, right?.of === 'context' ? context : event);
  }
}

const NONE: Column = { of: 'event', codes: new Uint8Array(0), values: [undefined] };
