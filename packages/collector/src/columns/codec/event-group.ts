/** Events: what, where, which ordinals and how much money. What is as expected from the events before takes no bytes. */
import { EVENT_FLAGS, type EventColumns, type EventKind } from '../chunk.js';
import { kindKey, parseKind } from '../event-kind.js';
import {
  EventsBefore,
  FLAGS,
  FROM,
  getState,
  HOSTNAME,
  NTH,
  PAGE,
  readSymbols,
  type Symbols,
  toSymbol,
  VIEW,
  writeSymbols,
} from './event-symbols.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { lazily, type OnDecoded, once } from './lazily.js';
import { findNumbers, writeNumbers } from './number-column.js';
import { listRows, placeRows } from './pick-rows.js';
import { findRows, writeRows } from './row-list.js';
import { findValues, readValues, writeValues } from './text-values.js';

const MAX_ORDINAL = 0xffff;

export function writeEvents(writer: GroupWriter, event: EventColumns): void {
  const { count, kind, kinds, page, hostname, fromPage, view, nth, nthOfType, micros } = event;
  const symbols = new Uint32Array(count);
  const before = new EventsBefore();
  const views = kinds.map(isView);
  for (let row = 0; row < count; row += 1) {
    symbols[row] = toSymbol(event, row, before);
    before.add(views[kind[row] ?? 0] === 1, page.codes[row] ?? 0, hostname.codes[row] ?? 0, view[row] ?? 0);
  }
  const pickOther = (column: Uint16Array, state: { shift: number; mask: number; other: number }) =>
    column.filter((_, row) => getState(symbols[row] ?? 0, state) === state.other);
  writeValues(writer, [
    '',
    ...kinds.map(({ type, name, conversionType, currency }) =>
      kindKey(type, currency, conversionType ?? name),
    ),
  ]);
  writeValues(writer, page.values);
  writeValues(writer, hostname.values);
  writeSymbols(writer, symbols);
  writeIntegers(writer, pickOther(page.codes, PAGE));
  writeIntegers(writer, pickOther(hostname.codes, HOSTNAME));
  writeIntegers(writer, pickOther(fromPage.codes, FROM));
  writeIntegers(writer, pickOther(view, VIEW));
  writeIntegers(writer, pickOther(nth, NTH));
  writeIntegers(writer, pickOther(nthOfType, NTH));
  writeNumbers(
    writer,
    micros.filter((_, row) => !Number.isNaN(micros[row])),
  );
  if (event.knowsEngaged) writeRows(writer, listEngaged(event.flags));
}

const listEngaged = (flags: Uint8Array): number[] => {
  const rows: number[] = [];
  for (let row = 0; row < flags.length; row += 1)
    if (((flags[row] ?? 0) & EVENT_FLAGS.engaged) !== 0) rows.push(row);
  return rows;
};

export function readEvents(reader: GroupReader, count: number, onDecoded: OnDecoded): EventColumns {
  const kinds = readValues(reader).slice(1).map(parseKind);
  const pages = findValues(reader);
  const hostnames = findValues(reader);
  const symbols = readSymbols(reader, count, kinds.length);
  const { codes, count: countState } = symbols;
  const find = (state: typeof PAGE | typeof HOSTNAME | typeof FROM | typeof VIEW | typeof NTH) => {
    const rows = countState(state, state.other);
    const stored = findIntegers(reader, rows);
    return (max: number) => stored.decode(new Uint16Array(rows), max);
  };
  const [otherPages, otherHostnames, otherFroms] = [find(PAGE), find(HOSTNAME), find(FROM)];
  const [otherViews, otherNths, otherNthsOfType] = [find(VIEW), find(NTH), find(NTH)];
  const ofKind = (test: (kind: EventKind) => number) => ofKinds(kinds, test, symbols);
  const isPaidSymbol = ofKind(isPaid);
  const amounts = findNumbers(reader, symbols.countAll(isPaidSymbol));
  // A group of an older segment ends here.
  const engaged = reader.isAtEnd ? undefined : findRows(reader, count);
  const pageValues = once(() => pages.decode());
  const columns: EventColumns = lazily<EventColumns>(
    {
      count: () => count,
      kind: () => fillBySymbol(symbols, new Uint16Array(count), symbols.kinds),
      kinds: () => kinds,
      page: () => ({
        codes: fillAsBefore(symbols, PAGE, otherPages(pages.size - 1)),
        values: pageValues(),
      }),
      hostname: () => ({
        codes: fillAsBefore(symbols, HOSTNAME, otherHostnames(hostnames.size - 1)),
        values: hostnames.decode(),
      }),
      fromPage: () => ({
        codes: fillFrom(symbols, otherFroms(pages.size - 1), columns.page.codes, ofKind(isView)),
        values: pageValues(),
      }),
      view: () => fillViews(symbols, otherViews(MAX_ORDINAL)),
      nth: () => fillNth(symbols, otherNths(MAX_ORDINAL)),
      nthOfType: () => fillNth(symbols, otherNthsOfType(MAX_ORDINAL)),
      flags: () => {
        const flags = fillBySymbol(symbols, new Uint8Array(count), symbols.toStates(FLAGS));
        for (const row of engaged?.() ?? []) flags[row] = (flags[row] ?? 0) | EVENT_FLAGS.engaged;
        return flags;
      },
      knowsEngaged: () => engaged !== undefined,
      micros: () => placeAmounts(count, listRows(codes, isPaidSymbol), amounts.decode()),
    },
    onDecoded,
  );
  return columns;
}

/** @param values by symbol */
function fillBySymbol<Into extends Uint8Array | Uint16Array>(
  { codes }: Symbols,
  into: Into,
  values: Uint8Array | Uint16Array,
): Into {
  for (let row = 0; row < into.length; row += 1) into[row] = values[codes[row] ?? 0] ?? 0;
  return into;
}

/** @param other values where they are not those of the event before */
function fillAsBefore(
  symbols: Symbols,
  state: typeof PAGE | typeof HOSTNAME,
  other: Uint16Array,
): Uint16Array {
  const { codes } = symbols;
  const states = symbols.toStates(state);
  const into = new Uint16Array(codes.length);
  let [next, value] = [0, 0];
  for (let row = 0; row < into.length; row += 1) {
    if (states[codes[row] ?? 0] === state.other) {
      value = other[next] ?? 0;
      next += 1;
    }
    into[row] = value;
  }
  return into;
}

/** @param views by symbol: whether it is of a view */
function fillFrom(symbols: Symbols, other: Uint16Array, page: Uint16Array, views: Uint8Array): Uint16Array {
  const { codes } = symbols;
  const states = symbols.toStates(FROM);
  const into = new Uint16Array(codes.length);
  let [next, viewed] = [0, 0];
  for (let row = 0; row < into.length; row += 1) {
    const code = codes[row] ?? 0;
    if (states[code] === FROM.viewed) into[row] = viewed;
    else if (states[code] === FROM.other) {
      into[row] = other[next] ?? 0;
      next += 1;
    }
    if (views[code] === 1) viewed = page[row] ?? 0;
  }
  return into;
}

function fillViews(symbols: Symbols, other: Uint16Array): Uint16Array {
  const { codes } = symbols;
  const states = symbols.toStates(VIEW);
  const into = new Uint16Array(codes.length);
  let [next, view] = [0, 0];
  for (let row = 0; row < into.length; row += 1) {
    const state = states[codes[row] ?? 0];
    if (state === VIEW.none) continue;
    if (state === VIEW.first) view = 1;
    else if (state === VIEW.next) view += 1;
    else {
      view = other[next] ?? 0;
      next += 1;
    }
    into[row] = view;
  }
  return into;
}

function fillNth(symbols: Symbols, other: Uint16Array): Uint16Array {
  const { codes } = symbols;
  const states = symbols.toStates(NTH);
  const into = new Uint16Array(codes.length);
  let next = 0;
  for (let row = 0; row < into.length; row += 1) {
    const state = states[codes[row] ?? 0];
    if (state === NTH.first) into[row] = 1;
    else if (state === NTH.other) {
      into[row] = other[next] ?? 0;
      next += 1;
    }
  }
  return into;
}

/** Events have an amount where their kind has a currency. */
function placeAmounts(count: number, paid: Uint32Array, amounts: Float64Array): Float64Array {
  const micros = new Float64Array(count).fill(Number.NaN);
  placeRows(micros, amounts, paid);
  return micros;
}

const isView = ({ type }: EventKind): number => (type === 'page_view' ? 1 : 0);
const isPaid = ({ currency }: EventKind): number => (currency === undefined ? 0 : 1);

/** By symbol, what is by kind. */
const ofKinds = (
  kinds: readonly EventKind[],
  test: (kind: EventKind) => number,
  symbols: Symbols,
): Uint8Array => Uint8Array.from(symbols.kinds, (code) => (kinds[code] ? test(kinds[code]) : 0));
