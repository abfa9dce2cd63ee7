/**
 * Which sessions meet conditions. A session can be in several chunks, and what it did in the last of them can decide, so
 * all chunks are gone through before rows are counted. Pure.
 */
import type { Chunk } from '../columns/chunk.js';
import type { Column } from './column.js';
import { type Condition, isOfField } from './condition.js';
import { HashIndex } from './hash-index.js';
import {
  matchingCodes,
  type Restriction,
  type Selection,
  selectArrivals,
  toConditionColumn,
} from './selection.js';

export class SessionMarks {
  readonly #index = new HashIndex();
  /** By session: a bit for each condition of which it has a matching value. */
  #marks = new Uint32Array(1_024);
  /** By session: when the last view happened that `exit_page` was judged by. */
  #lastView = new Float64Array(1_024).fill(Number.NEGATIVE_INFINITY);
  /** By session: the page of that view. */
  readonly #lastPage: string[] = [];
  /** The marks of a session that is in. */
  readonly #wanted: number;

  /** @param restriction of at most 32 conditions */
  constructor(readonly restriction: Restriction) {
    this.#wanted =
      restriction.conditions.reduce((bits, { not }, bit) => bits | (not ? 0 : 1 << bit), 0) >>> 0;
  }

  /** Notes what the sessions of a chunk have that arrived within the range. */
  add(chunk: Chunk): void {
    const { high, low } = chunk.ids().session;
    // Sessions without a mark need no place.
    const getNumber = (session: number) => {
      const number = this.#index.add(high[session] ?? 0, low[session] ?? 0);
      this.#makeRoom();
      return number;
    };
    const events = selectArrivals(chunk, this.restriction);
    for (const [bit, condition] of this.restriction.conditions.entries()) {
      const column = toConditionColumn(chunk, condition, this.restriction);
      const view = { chunk, getNumber, events, column, matching: matchingCodes(column, condition) };
      if (isOfField(condition) && condition.field === 'exit_page') this.#markLastViews(view, bit);
      else this.#markValues(view, condition, bit);
    }
  }

  /** Of a chunk that was added, the events within the range of sessions that meet all conditions. */
  select(chunk: Chunk): Selection {
    const { high, low } = chunk.ids().session;
    const { session, sessions, count } = chunk.context();
    const passes = new Uint8Array(sessions);
    for (let number = 0; number < sessions; number += 1)
      passes[number] =
        this.#marksOf(this.#index.find(high[number] ?? 0, low[number] ?? 0)) === this.#wanted ? 1 : 0;
    const contexts = new Uint8Array(count);
    for (let context = 0; context < count; context += 1)
      contexts[context] = passes[session[context] ?? 0] ?? 0;
    return { contexts, events: selectArrivals(chunk, this.restriction) };
  }

  /** @param number -1 for a session that has none */
  #marksOf(number: number): number {
    return number < 0 ? 0 : (this.#marks[number] ?? 0);
  }

  #markValues(view: View, condition: Condition, bit: number): void {
    const { chunk, getNumber, column, matching } = view;
    if (!matching.includes(1)) return;
    const { session, count, firstEvent } = chunk.context();
    const isPage = isOfField(condition) && condition.field === 'page';
    const counted = isPage ? selectViews(chunk, view.events) : view.events;
    for (let context = 0; context < count; context += 1) {
      const [from = 0, to = 0] = [firstEvent[context], firstEvent[context + 1]];
      const has =
        column.of === 'context'
          ? matching[column.codes[context] ?? 0] === 1 && hasAny(counted, from, to)
          : hasMatch(column, matching, counted, from, to);
      if (has) this.#mark(getNumber(session[context] ?? 0), bit, true);
    }
  }

  /** Of views that happened at the same time, the last one is the one of the last page by name: chunks and the log have them in different orders. */
  #markLastViews({ chunk, getNumber, events, column, matching }: View, bit: number): void {
    const { session, count, firstEvent } = chunk.context();
    const { timestamp } = chunk.time();
    const views = selectViews(chunk, events);
    for (let context = 0; context < count; context += 1) {
      const number = getNumber(session[context] ?? 0);
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (views[row] !== 1) continue;
        const [happened, code] = [timestamp[row] ?? 0, column.codes[row] ?? 0];
        const page = column.values[code] ?? '';
        const later = happened - (this.#lastView[number] ?? 0);
        if (later < 0 || (later === 0 && page < (this.#lastPage[number] ?? ''))) continue;
        this.#lastView[number] = happened;
        this.#lastPage[number] = page;
        this.#mark(number, bit, matching[code] === 1);
      }
    }
  }

  #mark(session: number, bit: number, isMatch: boolean): void {
    const marks = this.#marks[session] ?? 0;
    this.#marks[session] = isMatch ? marks | (1 << bit) : marks & ~(1 << bit);
  }

  #makeRoom(): void {
    if (this.#index.size <= this.#marks.length) return;
    const [marks, lastView] = [this.#marks, this.#lastView];
    this.#marks = new Uint32Array(2 * this.#index.size);
    this.#lastView = new Float64Array(2 * this.#index.size).fill(Number.NEGATIVE_INFINITY);
    this.#marks.set(marks);
    this.#lastView.set(lastView);
  }
}

/** A chunk as one condition looks at it. */
interface View {
  chunk: Chunk;
  /** The number in the index of a session, by its number in the chunk. */
  getNumber(session: number): number;
  events: Uint8Array | undefined;
  column: Column;
  matching: Uint8Array;
}

/** A session has a page where it viewed it. */
function selectViews(chunk: Chunk, events: Uint8Array | undefined): Uint8Array {
  const { kind, kinds } = chunk.event();
  const isView = kinds.map(({ type }) => (type === 'page_view' ? 1 : 0));
  const views = new Uint8Array(kind.length);
  for (let row = 0; row < kind.length; row += 1)
    views[row] = (isView[kind[row] ?? 0] ?? 0) & (events ? (events[row] ?? 0) : 1);
  return views;
}

const hasAny = (events: Uint8Array | undefined, from: number, to: number): boolean =>
  events === undefined || events.subarray(from, to).includes(1);

function hasMatch(
  { codes }: Column,
  matching: Uint8Array,
  events: Uint8Array | undefined,
  from: number,
  to: number,
): boolean {
  for (let row = from; row < to; row += 1)
    if (matching[codes[row] ?? 0] === 1 && (!events || events[row] === 1)) return true;
  return false;
}
