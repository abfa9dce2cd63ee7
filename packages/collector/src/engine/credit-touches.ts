/** Gives the credit for conversions to the sessions before them. Pure. */
import { MAX_REPORT_GROUPS } from '../budgets.js';
import { roundMicros } from '../events/money.js';
import { BoundedRows } from './bounded-rows.js';

/** A session of somebody who converted. */
export interface Touch {
  /** When it began, in ms. */
  start: number;
  isDirect: boolean;
  /** What gets the credit; undefined for none. */
  value: string | undefined;
  /** Hash of the session: the order of those that began at the same time. */
  high: number;
  low: number;
}

export interface Conversion {
  /** When it happened, in ms. */
  time: number;
  amount: { currency: string; micros: number } | undefined;
  /** The session that it happened in. */
  touch: Touch | undefined;
}

export interface Credit {
  conversions: number;
  /** In micro-units, by currency. */
  money: Map<string, number>;
}

export type Model = 'first' | 'last';
/** By value. */
export type AttributedRows = BoundedRows<Record<Model, Credit>>;

export interface CreditRules {
  lookbackMs: number;
  /** Sessions before this time (ms) are not known. Default: all are. */
  knownFrom: number | undefined;
}

const UNKNOWN = '(unknown)';
const NONE = '(none)';

/** @param touches by number of the person */
export function creditTouches(
  conversions: readonly { person: number; conversion: Conversion }[],
  touches: readonly (readonly Touch[])[],
  rules: CreditRules,
): AttributedRows {
  const rows: AttributedRows = new BoundedRows(MAX_REPORT_GROUPS, createRow);
  const sorted = touches.map((all) => {
    const inOrder = [...all].sort(compareTouches);
    return { all: inOrder, referred: inOrder.filter(({ isDirect }) => !isDirect) };
  });
  for (const { person, conversion } of conversions) {
    const { all, referred } = sorted[person] ?? { all: [], referred: [] };
    const found = findEnds(referred, conversion, rules, !conversion.touch?.isDirect);
    // A direct session gets the credit only where there is no other.
    const { first, last } = found.first ? found : findEnds(all, conversion, rules, true);
    const isKnown = conversion.time - rules.lookbackMs >= (rules.knownFrom ?? Number.NEGATIVE_INFINITY);
    addCredit(rows, 'first', isKnown ? toValue(first) : UNKNOWN, conversion);
    addCredit(rows, 'last', isKnown || found.last ? toValue(last) : UNKNOWN, conversion);
  }
  return rows;
}

const toValue = (touch: Touch | undefined): string => (touch ? (touch.value ?? NONE) : UNKNOWN);

/** The first and the last touch within the time before a conversion. The session it happened in is one of them, whenever it began. */
function findEnds(
  touches: readonly Touch[],
  { time, touch }: Conversion,
  { lookbackMs }: CreditRules,
  withOwn: boolean,
): Record<Model, Touch | undefined> {
  const from = bisect(touches, (one) => one.start >= time - lookbackMs);
  const to = bisect(touches, (one) => one.start > time);
  const [first, last] = from < to ? [touches[from], touches[to - 1]] : [undefined, undefined];
  if (!withOwn || !touch) return { first, last };
  return {
    first: !first || compareTouches(touch, first) < 0 ? touch : first,
    last: !last || compareTouches(touch, last) > 0 ? touch : last,
  };
}

/** The first index at which it holds, where it holds for all after that. */
function bisect(touches: readonly Touch[], holds: (touch: Touch) => boolean): number {
  let [low, high] = [0, touches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const touch = touches[middle];
    if (touch && holds(touch)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const compareTouches = (a: Touch, b: Touch): number => a.start - b.start || a.high - b.high || a.low - b.low;

function addCredit(rows: AttributedRows, model: Model, value: string, { amount }: Conversion): void {
  const credit = rows.find(value)[model];
  credit.conversions += 1;
  if (!amount) return;
  const { currency, micros } = amount;
  credit.money.set(currency, roundMicros((credit.money.get(currency) ?? 0) + micros));
}

const createRow = (): Record<Model, Credit> => ({ first: createCredit(), last: createCredit() });
const createCredit = (): Credit => ({ conversions: 0, money: new Map() });
