/** The distinct values of one or more columns while they are built, and the rows that name them. */
import { DICTIONARY_VALUE_BYTES, MAX_DICTIONARY_VALUES, MAX_KEY_CHARS } from '../budgets.js';
import { cutText } from '../events/bound-key.js';
import { OTHER } from '../events/over-budget.js';
import type { TextColumn } from './chunk.js';
import { type CodeRows, growingCodes } from './growing-column.js';
import type { TextBudget } from './text-budget.js';

export interface DictionaryOptions {
  maxChars?: number;
  maxValues?: number;
  /** What a value becomes that is over the budget. Default: `(other)`. */
  toOther?: (value: string) => string;
}

export class TextDictionary {
  /** By code; the first stands for none. */
  #values: string[] = [''];
  /** Rows by code. */
  #weights: number[] = [0];
  #codes = new Map<string, number>();
  bytes = 0;
  readonly #columns: CodeRows[] = [];
  readonly #budget: TextBudget;
  readonly #options: Required<DictionaryOptions>;

  constructor(budget: TextBudget, options: DictionaryOptions = {}) {
    this.#budget = budget;
    this.#options = {
      maxChars: MAX_KEY_CHARS,
      maxValues: MAX_DICTIONARY_VALUES,
      toOther: () => OTHER,
      ...options,
    };
    budget.add(this);
  }

  /** A column whose rows have codes of this dictionary, and change with it. */
  createColumn(): CodeRows {
    const column = growingCodes();
    this.#columns.push(column);
    return column;
  }

  push(column: CodeRows, value: string | undefined): void {
    column.push(this.getCode(value));
  }

  /** 0 for none. It may change with the next value of any dictionary of the budget, unless it is pushed before. */
  getCode(value: string | undefined): number {
    if (value === undefined) return 0;
    const { maxChars } = this.#options;
    if (value.length <= maxChars) return this.#weigh(value);
    this.#budget.count('truncated');
    return this.#weigh(cutText(value, maxChars));
  }

  getValue(code: number): string | undefined {
    return code === 0 ? undefined : this.#values[code];
  }

  #weigh(value: string): number {
    const code = this.#codes.get(value) ?? this.#add(value);
    this.#weights[code] = (this.#weights[code] ?? 0) + 1;
    return code;
  }

  #add(text: string): number {
    // Half of a pair can't be stored: two values that differ in it would be one when they are read.
    const value = text.toWellFormed();
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    if (this.#values.length >= this.#options.maxValues) this.#budget.halve(this);
    this.#insert(value);
    this.#budget.fit();
    return this.#codes.get(value) ?? this.#codes.get(this.#options.toOther(value)) ?? 0;
  }

  #insert(value: string): number {
    const code = this.#values.length;
    this.#codes.set(value, code);
    this.#values.push(value);
    this.#weights.push(0);
    this.#grow(valueBytes(value));
    return code;
  }

  #grow(bytes: number): void {
    this.bytes += bytes;
    this.#budget.bytes += bytes;
  }

  halve(): number {
    const { toOther } = this.#options;
    const [values, weights] = [this.#values, this.#weights];
    const heaviestFirst = values
      .map((_, code) => code)
      .slice(1)
      .sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
    const isOther = (code: number) => values[code] === toOther(values[code] ?? '');
    const moved = new Set(
      heaviestFirst.slice(Math.floor(heaviestFirst.length / 2)).filter((code) => !isOther(code)),
    );
    this.#grow(-this.bytes);
    this.#values = [''];
    this.#weights = [0];
    this.#codes = new Map();
    const changed = new Uint16Array(values.length);
    for (let code = 1; code < values.length; code += 1) {
      const value = moved.has(code) ? toOther(values[code] ?? '') : (values[code] ?? '');
      const now = this.#codes.get(value) ?? this.#insert(value);
      this.#weights[now] = (this.#weights[now] ?? 0) + (weights[code] ?? 0);
      changed[code] = now;
    }
    for (const column of this.#columns)
      for (let row = 0; row < column.length; row += 1) column.set(row, changed[column.get(row)] ?? 0);
    return moved.size;
  }

  /**
   * The columns with their rows in an order. The values in use, most used first: so a column does not depend on the order
   * in which its rows came, and most codes are small.
   */
  finish(orders: Uint32Array[]): TextColumn[] {
    const columns = this.#columns.map((column, index) => column.pick(orders[index] ?? new Uint32Array(0)));
    const uses = new Uint32Array(this.#values.length);
    for (const codes of columns)
      for (let row = 0; row < codes.length; row += 1)
        uses[codes[row] ?? 0] = (uses[codes[row] ?? 0] ?? 0) + 1;
    const used = this.#values
      .map((value, code) => ({ value, code }))
      .filter(({ code }) => code > 0 && (uses[code] ?? 0) > 0)
      .sort((a, b) => (uses[b.code] ?? 0) - (uses[a.code] ?? 0) || (a.value < b.value ? -1 : 1));
    const changed = new Uint16Array(this.#values.length);
    for (const [index, { code }] of used.entries()) changed[code] = index + 1;
    const values = ['', ...used.map(({ value }) => value)];
    for (const codes of columns)
      for (let row = 0; row < codes.length; row += 1) codes[row] = changed[codes[row] ?? 0] ?? 0;
    return columns.map((codes) => ({ codes, values }));
  }
}

/** As they are in the worst case: two bytes a character. */
const valueBytes = (value: string): number => DICTIONARY_VALUE_BYTES + 2 * value.length;
