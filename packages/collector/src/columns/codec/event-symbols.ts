/**
 * Symbols of events: the kind of an event, and how far it is as expected from those before it. There are few, so that a
 * byte names most of them, and what is as expected costs nothing more.
 */

import { EVENT_FLAGS, type EventColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { unreadable } from './unreadable-segment-error.js';

/** Each state takes some bits of a symbol. A value of `other` is in a column of its own. */
export const PAGE = { shift: 0, mask: 1, asBefore: 0, other: 1 } as const;
export const HOSTNAME = { shift: 1, mask: 1, asBefore: 0, other: 1 } as const;
export const FLAGS = { shift: 2, mask: EVENT_FLAGS.firstOnPage | EVENT_FLAGS.delayed } as const;
/** `viewed`: the page of the view before. */
export const FROM = { shift: 4, mask: 3, none: 0, viewed: 1, other: 2 } as const;
/** `next`: one more than the view before. */
export const VIEW = { shift: 6, mask: 3, none: 0, next: 1, first: 2, other: 3 } as const;
/** Of both ordinals of a conversion. */
export const NTH = { shift: 8, mask: 3, none: 0, first: 1, other: 2 } as const;
const STATES = 1 << 10;

interface State {
  shift: number;
  mask: number;
}

export const getState = (symbol: number, { shift, mask }: State): number => (symbol >>> shift) & mask;

/** The rows before: where the last event was, and the last view. */
export class EventsBefore {
  page = 0;
  hostname = 0;
  viewedPage = 0;
  view = 0;

  add(isView: boolean, page: number, hostname: number, view: number): void {
    this.page = page;
    this.hostname = hostname;
    if (isView) this.viewedPage = page;
    if (view > 0) this.view = view;
  }
}

export function toSymbol(event: EventColumns, row: number, before: EventsBefore): number {
  const { kind, page, hostname, fromPage, view, nth, nthOfType, flags } = event;
  const from = fromPage.codes[row] ?? 0;
  return (
    (kind[row] ?? 0) * STATES +
    (page.codes[row] === before.page ? PAGE.asBefore : PAGE.other) +
    ((hostname.codes[row] === before.hostname ? HOSTNAME.asBefore : HOSTNAME.other) << HOSTNAME.shift) +
    (((flags[row] ?? 0) & FLAGS.mask) << FLAGS.shift) +
    ((from === 0 ? FROM.none : from === before.viewedPage ? FROM.viewed : FROM.other) << FROM.shift) +
    (toViewState(view[row] ?? 0, before.view) << VIEW.shift) +
    (toNthState(nth[row] ?? 0, nthOfType[row] ?? 0) << NTH.shift)
  );
}

function toViewState(view: number, before: number): number {
  if (view === 0) return VIEW.none;
  if (view === 1) return VIEW.first;
  return view === before + 1 ? VIEW.next : VIEW.other;
}

function toNthState(nth: number, nthOfType: number): number {
  if (nth === 0 && nthOfType === 0) return NTH.none;
  return nth === 1 && nthOfType === 1 ? NTH.first : NTH.other;
}

export interface Symbols {
  /** By number of the symbol. */
  kinds: Uint16Array;
  /** Number of the symbol of each event. */
  codes: Uint8Array | Uint16Array | Uint32Array;
  /** A state by number of the symbol. */
  toStates(state: State): Uint8Array;
  /** Events whose symbol has such a state. */
  count(state: State, value: number): number;
  /** Events of all symbols that are 1. */
  countAll(symbols: Uint8Array): number;
}

export function writeSymbols(writer: GroupWriter, symbols: Uint32Array): void {
  const uses = new Map<number, number>();
  for (const symbol of symbols) uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
  const list = [...uses].sort(([, a], [, b]) => b - a).map(([symbol]) => symbol);
  const codes = new Map(list.map((symbol, code) => [symbol, code]));
  writer.varint(list.length);
  writeIntegers(
    writer,
    list.map((symbol) => Math.floor(symbol / STATES)),
  );
  writeIntegers(
    writer,
    list.map((symbol) => symbol % STATES),
  );
  writeIntegers(
    writer,
    symbols.map((symbol) => codes.get(symbol) ?? 0),
  );
}

/** As narrow as the symbols can be named with. */
function createCodes(size: number, events: number): Symbols['codes'] {
  if (size <= 0x100) return new Uint8Array(events);
  return size <= 0x10000 ? new Uint16Array(events) : new Uint32Array(events);
}

/** @param kinds how many there are */
export function readSymbols(reader: GroupReader, events: number, kinds: number): Symbols {
  const size = reader.varint(events);
  const ofKind = readIntegers(reader, new Uint16Array(size), kinds - 1);
  const all = readIntegers(reader, new Uint16Array(size), STATES - 1);
  const codes = readIntegers(reader, createCodes(size, events), size - 1);
  if (all.some((states) => getState(states, FROM) > FROM.other || getState(states, NTH) > NTH.other))
    throw unreadable('an event is in a state that there is not');
  const uses = new Uint32Array(size);
  for (let row = 0; row < events; row += 1) {
    const code = codes[row] ?? 0;
    uses[code] = (uses[code] ?? 0) + 1;
  }
  const count = (state: State, value: number): number =>
    all.reduce((sum, states, code) => sum + (getState(states, state) === value ? (uses[code] ?? 0) : 0), 0);
  const toStates = (state: State) => new Uint8Array(size).map((_, code) => getState(all[code] ?? 0, state));
  const countAll = (symbols: Uint8Array) =>
    uses.reduce((sum, times, code) => sum + (symbols[code] === 1 ? times : 0), 0);
  return { kinds: ofKind, toStates, codes, count, countAll };
}
