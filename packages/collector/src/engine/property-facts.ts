/** Which properties events have, and what is in them. Pure. */
import { MAX_LISTED_VALUES, MAX_PROPERTY_KEYS } from '../budgets.js';
import type { Chunk, Group, PropertyColumn } from '../columns/chunk.js';
import { type NumberStats, NumbersByRow } from './number-stats.js';
import {
  getRestrictionGroups,
  type Restriction,
  type Selection,
  type Span,
  toEventMask,
} from './selection.js';

export interface PropertyFact {
  key: string;
  /** Events that have it. */
  events: number;
  /** Different values; undefined where there are more than are told apart. */
  values: number | undefined;
  /** Of those that are numbers. */
  numbers: NumberStats | undefined;
}

export const getPropertyGroups = (restriction: Restriction, span: Span): Set<Group> =>
  new Set<Group>([...getRestrictionGroups(restriction, span), 'event', 'property']);

interface KeyFacts {
  row: number;
  events: number;
  values: Set<string | number>;
}

export class PropertyFacts {
  readonly numbers: NumbersByRow;
  /** Values of further keys, which are not listed. */
  unlisted = 0;
  readonly #keys = new Map<string, KeyFacts>();

  /** @param only events of that name, and that property. Default: all */
  constructor(
    readonly only: { event?: string | undefined; key?: string | undefined } = {},
    maxNumbers?: number,
  ) {
    this.numbers = new NumbersByRow(maxNumbers);
  }

  add(chunk: Chunk, selection: Selection): void {
    const isCounted = selectNamed(chunk, this.only.event, toEventMask(chunk, selection));
    for (const column of chunk.property().values())
      if (this.only.key === undefined || this.only.key === column.key) this.#addColumn(column, isCounted);
  }

  /** Those that most events have first. */
  list(): PropertyFact[] {
    const stats = this.numbers.finish();
    return [...this.#keys]
      .map(([key, { row, events, values }]) => ({
        key,
        events,
        values: values.size > MAX_LISTED_VALUES ? undefined : values.size,
        numbers: stats.get(row),
      }))
      .sort((a, b) => b.events - a.events || (a.key < b.key ? -1 : 1));
  }

  #addColumn({ key, rows, text, number }: PropertyColumn, isCounted: Uint8Array | undefined): void {
    let facts = this.#keys.get(key);
    for (let index = 0; index < rows.length; index += 1) {
      if (isCounted && isCounted[rows[index] ?? 0] !== 1) continue;
      facts ??= this.#addKey(key);
      if (!facts) {
        this.unlisted += 1;
        continue;
      }
      facts.events += 1;
      const value = number[index] ?? Number.NaN;
      const isNumber = !Number.isNaN(value);
      if (isNumber) this.numbers.add(facts.row, value);
      if (facts.values.size <= MAX_LISTED_VALUES)
        facts.values.add(isNumber ? value : (text.values[text.codes[index] ?? 0] ?? ''));
    }
  }

  #addKey(key: string): KeyFacts | undefined {
    if (this.#keys.size >= MAX_PROPERTY_KEYS) return undefined;
    const facts: KeyFacts = { row: this.#keys.size, events: 0, values: new Set() };
    this.#keys.set(key, facts);
    return facts;
  }
}

/** Events of a name, of those that are selected; undefined for all. */
export function selectNamed(
  chunk: Chunk,
  name: string | undefined,
  selected: Uint8Array | undefined,
): Uint8Array | undefined {
  if (name === undefined) return selected;
  const { kind, kinds } = chunk.event();
  const isNamed = Uint8Array.from(kinds, (one) => (one.name === name ? 1 : 0));
  const named = new Uint8Array(kind.length);
  for (let row = 0; row < kind.length; row += 1)
    named[row] = (isNamed[kind[row] ?? 0] ?? 0) & (selected ? (selected[row] ?? 0) : 1);
  return named;
}
