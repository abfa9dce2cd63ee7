/** Events: what, where, which ordinals and how much money. What is as expected from the events before takes no bytes. */
import type { EventColumns } from '../chunk.js';
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
import { readIntegers, writeIntegers } from './integer-column.js';
import { readNumbers, writeNumbers } from './number-column.js';
import { readCodes, readValues, writeValues } from './text-values.js';

const MAX_ORDINAL = 0xffff;

export function writeEvents(writer: GroupWriter, event: EventColumns): void {
  const { count, kind, kinds, page, hostname, fromPage, view, nth, nthOfType, micros } = event;
  const symbols = new Uint32Array(count);
  const before = new EventsBefore();
  const isView = kinds.map(({ type }) => type === 'page_view');
  for (let row = 0; row < count; row += 1) {
    symbols[row] = toSymbol(event, row, before);
    const [own = 0, host = 0] = [page.codes[row], hostname.codes[row]];
    before.add(isView[kind[row] ?? 0] ?? false, own, host, view[row] ?? 0);
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
    micros.filter((_, row) => kinds[kind[row] ?? 0]?.currency !== undefined),
  );
}

export function readEvents(reader: GroupReader, count: number): EventColumns {
  const kinds = readValues(reader).slice(1).map(parseKind);
  const pages = readValues(reader);
  const hostnames = readValues(reader);
  const symbols = readSymbols(reader, count, kinds.length);
  const other = {
    page: readCodes(reader, symbols.count(PAGE, PAGE.other), pages),
    hostname: readCodes(reader, symbols.count(HOSTNAME, HOSTNAME.other), hostnames),
    from: readCodes(reader, symbols.count(FROM, FROM.other), pages),
    view: readOrdinals(reader, symbols.count(VIEW, VIEW.other)),
    nth: readOrdinals(reader, symbols.count(NTH, NTH.other)),
    nthOfType: readOrdinals(reader, symbols.count(NTH, NTH.other)),
  };
  const event: EventColumns = {
    count,
    kind: Uint16Array.from(symbols.codes, (code) => symbols.kinds[code] ?? 0),
    kinds,
    page: { codes: new Uint16Array(count), values: pages },
    hostname: { codes: new Uint16Array(count), values: hostnames },
    fromPage: { codes: new Uint16Array(count), values: pages },
    view: new Uint16Array(count),
    nth: new Uint16Array(count),
    nthOfType: new Uint16Array(count),
    flags: Uint8Array.from(symbols.codes, (code) => getState(symbols.states[code] ?? 0, FLAGS)),
    micros: new Float64Array(count).fill(Number.NaN),
  };
  fillExpected(event, symbols, other);
  readMicros(reader, event);
  return event;
}

const readOrdinals = (reader: GroupReader, rows: number): Uint16Array =>
  readIntegers(reader, new Uint16Array(rows), MAX_ORDINAL);

/** @param other what is not as expected, in the order of events */
function fillExpected(
  { count, kind, kinds, page, hostname, fromPage, view, nth, nthOfType }: EventColumns,
  { states, codes }: Symbols,
  other: Record<'page' | 'hostname' | 'from' | 'view' | 'nth' | 'nthOfType', Uint16Array>,
): void {
  const before = new EventsBefore();
  const isView = kinds.map(({ type }) => type === 'page_view');
  const next = { page: 0, hostname: 0, from: 0, view: 0, nth: 0 };
  for (let row = 0; row < count; row += 1) {
    const state = states[codes[row] ?? 0] ?? 0;
    const ownPage = getState(state, PAGE) === PAGE.other ? (other.page[next.page++] ?? 0) : before.page;
    const ownHost =
      getState(state, HOSTNAME) === HOSTNAME.other ? (other.hostname[next.hostname++] ?? 0) : before.hostname;
    const fromState = getState(state, FROM);
    if (fromState !== FROM.none)
      fromPage.codes[row] = fromState === FROM.viewed ? before.viewedPage : (other.from[next.from++] ?? 0);
    const viewState = getState(state, VIEW);
    if (viewState === VIEW.first) view[row] = 1;
    else if (viewState !== VIEW.none)
      view[row] = viewState === VIEW.next ? before.view + 1 : (other.view[next.view++] ?? 0);
    const nthState = getState(state, NTH);
    if (nthState === NTH.other) {
      nth[row] = other.nth[next.nth] ?? 0;
      nthOfType[row] = other.nthOfType[next.nth++] ?? 0;
    } else if (nthState === NTH.first) {
      nth[row] = 1;
      nthOfType[row] = 1;
    }
    page.codes[row] = ownPage;
    hostname.codes[row] = ownHost;
    before.add(isView[kind[row] ?? 0] ?? false, ownPage, ownHost, view[row] ?? 0);
  }
}

/** Events have an amount where their kind has a currency. */
function readMicros(reader: GroupReader, { kind, kinds, micros }: EventColumns): void {
  const isPaid = kinds.map(({ currency }) => currency !== undefined);
  const paid: number[] = [];
  for (let row = 0; row < kind.length; row += 1) if (isPaid[kind[row] ?? 0]) paid.push(row);
  const amounts = readNumbers(reader, paid.length);
  for (const [index, row] of paid.entries()) micros[row] = amounts[index] ?? Number.NaN;
}
