/** The properties of a chunk's events while it is built: for each key the events that have it, and their values. */
import {
  MAX_CHUNK_PROPERTIES,
  MAX_EVENT_PROPERTIES,
  MAX_PROPERTY_CHARS,
  MAX_PROPERTY_KEYS,
} from '../budgets.js';
import { boundKey } from '../events/bound-key.js';
import { type PropertyColumn, textAt } from './chunk.js';
import type { Property } from './event-properties.js';
import {
  type CodeRows,
  growingIntegers,
  growingNumbers,
  type IntegerRows,
  type NumberRows,
} from './growing-column.js';
import { sortByPlace } from './row-order.js';
import type { TextBudget } from './text-budget.js';
import { TextDictionary } from './text-dictionary.js';

interface KeyRows {
  /** Events in the order they came. */
  events: IntegerRows;
  dictionary: TextDictionary;
  text: CodeRows;
  number: NumberRows;
}

export const NO_EVENT = -1;

export class PropertyRows {
  readonly #budget: TextBudget;
  readonly #keys = new Map<string, KeyRows>();
  #count = 0;

  constructor(budget: TextBudget) {
    this.#budget = budget;
  }

  /** @param event its row as it came */
  add(event: number, properties: readonly Property[]): void {
    let added = 0;
    for (const [key, value] of properties) {
      if (added === MAX_EVENT_PROPERTIES || this.#count >= MAX_CHUNK_PROPERTIES) {
        this.#budget.count('dropped.property', properties.length - added);
        return;
      }
      added += 1;
      const rows = this.#rowsAt(boundKey(key));
      // An object's member and a name with a dot can be the same: the first stands.
      if (rows.events.length > 0 && rows.events.get(rows.events.length - 1) === event) {
        this.#budget.count('dropped.property');
        continue;
      }
      if (typeof value === 'string') this.#push(rows, event, value, Number.NaN);
      else this.#push(rows, event, undefined, value);
    }
  }

  /**
   * Adds a column of another chunk.
   *
   * @param events by row of that chunk: the event's row as it came, or `NO_EVENT`
   */
  addColumn({ key, rows, text, number }: PropertyColumn, events: Int32Array): void {
    const own = this.#rowsAt(key);
    for (let index = 0; index < rows.length; index += 1) {
      const event = events[rows[index] ?? -1] ?? NO_EVENT;
      if (event === NO_EVENT) continue;
      if (this.#count >= MAX_CHUNK_PROPERTIES) this.#budget.count('dropped.property');
      else this.#push(own, event, textAt(text, index), number[index] ?? Number.NaN);
    }
  }

  #push(rows: KeyRows, event: number, text: string | undefined, number: number): void {
    rows.events.push(event);
    rows.dictionary.push(rows.text, text);
    rows.number.push(number);
    this.#count += 1;
  }

  #rowsAt(key: string): KeyRows {
    const found = this.#keys.get(key);
    if (found) return found;
    if (this.#keys.size >= MAX_PROPERTY_KEYS) this.#dropLightest();
    const dictionary = new TextDictionary(this.#budget, { maxChars: MAX_PROPERTY_CHARS });
    const text = dictionary.createColumn();
    const rows: KeyRows = { events: growingIntegers(), dictionary, text, number: growingNumbers() };
    this.#keys.set(key, rows);
    return rows;
  }

  /** So that keys which are never the same, as ids, do not displace those that are asked about. */
  #dropLightest(): void {
    const lightestFirst = [...this.#keys].sort(([, a], [, b]) => a.events.length - b.events.length);
    for (const [key, { events, dictionary }] of lightestFirst.slice(0, MAX_PROPERTY_KEYS / 2)) {
      this.#keys.delete(key);
      this.#budget.remove(dictionary);
      this.#budget.count('dropped.property', events.length);
      this.#count -= events.length;
    }
  }

  /** @param places of the events in the chunk, by row as they came */
  *finish(places: Uint32Array): Generator<void, Map<string, PropertyColumn>> {
    const columns = new Map<string, PropertyColumn>();
    const keys = [...this.#keys].filter(([, { events }]) => events.length > 0);
    for (const [key, { events, dictionary, number }] of keys.sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { order, places: rows } = sortByPlace(events, places);
      const [text] = dictionary.finish([order]);
      if (text) columns.set(key, { key, rows, text, number: number.pick(order) });
      yield;
    }
    return columns;
  }
}
