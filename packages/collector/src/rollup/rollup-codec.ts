/** A rollup as bytes and back: JSON of columns, a line for each dimension, deflated; the sketches as they serialise themselves. */
import { deflateRawSync } from 'node:zlib';
import { DAY_STATE, HOUR_STATE, MAX_INFLATED_STATE_BYTES, type StateBudget } from '../budgets.js';
import { addPackedCounters, packCounters } from '../events/counters.js';
import {
  boundRowKey,
  DIMENSIONS,
  type Dimension,
  PAIR_DIMENSIONS,
  SINGLE_DIMENSIONS,
} from '../events/dimensions.js';
import type { OverReason } from '../events/over-budget.js';
import { addMoney, boundRollup, countOver, emptyRollup, type Rollup } from './aggregate.js';
import { addPackedRows, type PackedRows, packRows } from './columnar-rows.js';
import { DistinctCounter } from './distinct-counter.js';
import { inflatePart } from './inflate-part.js';
import { bytesOf, countersAt, OTHER, type RowFilter } from './row-set.js';

/** Version of the layout. Before it all stood in one line. As for batches, a release must not write one that the release before cannot read. */
export const LAYOUT = 3;
const LAYOUT_OF_ONE_LINE = 2;
export const READABLE_LAYOUTS: readonly number[] = [LAYOUT_OF_ONE_LINE, LAYOUT];

/** What a state holds of its numbers. */
export interface EncodedRollup {
  body: Uint8Array;
  /** Of days and months: the rows of pairs, which most questions do not need. */
  pairs?: Uint8Array;
}

/** At each attempt to fit at least so much is cut. */
const MAX_KEPT_OF_ROWS = 0.9;

type PackedDimensions = Partial<Record<Dimension, PackedRows<string>>>;

/** The first line of a body. */
interface Head {
  layout: number;
  totals: number[];
  bot_events: number;
  /** Currency, micro-units, and how many amounts they are the sum of; not in states stored before that was kept. */
  revenue: [currency: string, micros: number, payments?: number][];
  visitors: string;
  unnumbered_sessions: string;
  /** What was over a budget, if anything was. */
  over?: [OverReason, number][];
  /** What the following lines are of. */
  lines: Line[];
}
type Line = 'strips' | Dimension;

/** What the one line of a body of layout 2 had besides. */
interface OneLine {
  strips: PackedRows<number>;
  rows: PackedDimensions;
}

/** In one piece: of hours. Cut to as many top values as fit into the budget. */
export const encodeRollup = (rollup: Rollup, budget: StateBudget = HOUR_STATE): Uint8Array =>
  within(budget, rollup, DIMENSIONS, () => bodyLines(rollup, DIMENSIONS));

/** In two pieces: of days and months. Each is cut to as many top values as fit into the budget; uncut where that fits. */
export function encodeSplit(rollup: Rollup, budget: StateBudget = DAY_STATE): Required<EncodedRollup> {
  // First what can still be counted as over the budget: the body says so.
  const pairs = within(budget, rollup, PAIR_DIMENSIONS, () => [
    JSON.stringify(packDimensions(rollup, PAIR_DIMENSIONS)),
  ]);
  const body = within(budget, rollup, SINGLE_DIMENSIONS, () => bodyLines(rollup, SINGLE_DIMENSIONS));
  return { body, pairs };
}

/** @param dimensions that are wanted; others are left empty, whatever is known of them */
export function decodeRollup(encoded: EncodedRollup, dimensions: readonly Dimension[] = DIMENSIONS): Rollup {
  const rollup = emptyRollup();
  addEncoded(rollup, encoded, { dimensions, strips: true });
  return rollup;
}

/** The strips alone; undefined where the state cannot be read. */
export function stripsOf(encoded: EncodedRollup): Rollup['strips'] | undefined {
  try {
    return decodeRollup(encoded, []).strips;
  } catch {
    return undefined;
  }
}

/** What is unpacked beside totals and visitors, which is most of the work. */
export interface Wanted {
  dimensions: readonly Dimension[];
  strips: boolean;
  /** The rows that are wanted. Default: all. */
  isWanted?: RowFilter | undefined;
}

/** Adds the numbers of an encoded rollup to another's, without making a rollup of it first. Throws for one that cannot be read. */
export function addEncoded(
  rollup: Rollup,
  { body, pairs }: EncodedRollup,
  { dimensions, strips, isWanted }: Wanted,
): void {
  const { head, line, isCut } = parseBody(body);
  const apart = pairs && dimensions.some(isPair) ? takePairsApart(pairs) : {};
  // All is parsed before anything is added: what is broken adds nothing.
  const [visitors, sessions] = [distinctOf(head.visitors), distinctOf(head.unnumbered_sessions)];
  const strip = strips && line<number>('strips');
  const rowsOf = dimensions.map(
    (dimension) => [dimension, line<string>(dimension) ?? apart[dimension]] as const,
  );
  addPackedCounters(rollup.totals, head.totals);
  rollup.bot_events += head.bot_events;
  for (const [currency, micros, payments = 0] of head.revenue) addMoney(rollup, currency, micros, payments);
  for (const [reason, times] of head.over ?? []) countOver(rollup, reason, times);
  rollup.visitors.merge(visitors);
  rollup.unnumbered_sessions.merge(sessions);
  if (strip) addPackedRows(rollup.strips, strip);
  for (const [dimension, rows] of rowsOf) {
    if (rows) addRows(rollup, dimension, rows, isWanted);
    else if (isCut && head.lines.includes(dimension)) addUnread(rollup, dimension, head.totals);
  }
  boundRollup(rollup);
}

/** Older versions stored keys of any length: they are cut as new ones are. */
function addRows(
  rollup: Rollup,
  dimension: Dimension,
  [values, ...columns]: PackedRows<string>,
  isWanted: RowFilter = () => true,
): void {
  const keys = values.map((value) => {
    const key = boundRowKey(value);
    if (key !== value) countOver(rollup, 'truncated', 1);
    return isWanted(dimension, key) ? key : undefined;
  });
  addPackedRows(rollup.rows[dimension], [keys, ...columns]);
}

/** Rows that were too much to be read: that they are there is known, and what they add up to. */
function addUnread(rollup: Rollup, dimension: Dimension, totals: number[]): void {
  addPackedCounters(countersAt(rollup.rows[dimension], OTHER), totals);
  countOver(rollup, '(other)', 1);
}

const isPair = (dimension: Dimension) => PAIR_DIMENSIONS.includes(dimension);

interface Parts {
  head: Head;
  /** Rows of a line, parsed when they are asked for: most questions want few of them. */
  line<Key>(name: Line): PackedRows<Key> | undefined;
  /** Whether it was too much to be read to its end. */
  isCut: boolean;
}

function parseBody(body: Uint8Array): Parts {
  const { text, isCut } = inflatePart(body, MAX_INFLATED_STATE_BYTES);
  const [first = '', ...lines] = text.split('\n');
  if (isCut) lines.pop();
  const head: Head = JSON.parse(first);
  switch (head.layout) {
    case LAYOUT:
      return {
        head,
        isCut,
        line(name) {
          const line = lines[head.lines.indexOf(name)];
          return line === undefined ? undefined : JSON.parse(line);
        },
      };
    case LAYOUT_OF_ONE_LINE: {
      const { strips, rows }: OneLine = JSON.parse(first);
      return { head, isCut, line: (name) => (name === 'strips' ? strips : rows[name]) as PackedRows<never> };
    }
    default:
      throw new Error(`rollup of layout ${head.layout}: a newer LiveInsight stored it`);
  }
}

/** None where they are too much to be read. */
function takePairsApart(pairs: Uint8Array): PackedDimensions {
  const { text, isCut } = inflatePart(pairs, MAX_INFLATED_STATE_BYTES);
  return isCut ? {} : JSON.parse(text);
}

const distinctOf = (base64: string) => DistinctCounter.fromBytes(Buffer.from(base64, 'base64'));

function bodyLines(rollup: Rollup, dimensions: readonly Dimension[]): string[] {
  const rows = packDimensions(rollup, dimensions);
  const head: Head = {
    layout: LAYOUT,
    totals: packCounters(rollup.totals),
    bot_events: rollup.bot_events,
    revenue: [...rollup.revenue].map(([currency, micros]) => [
      currency,
      micros,
      rollup.payments.get(currency) ?? 0,
    ]),
    visitors: Buffer.from(rollup.visitors.toBytes()).toString('base64'),
    unnumbered_sessions: Buffer.from(rollup.unnumbered_sessions.toBytes()).toString('base64'),
    ...(rollup.over.size > 0 ? { over: [...rollup.over] } : {}),
    lines: ['strips', ...(Object.keys(rows) as Dimension[])],
  };
  return [head, packRows(rollup.strips), ...Object.values(rows)].map((line) => JSON.stringify(line));
}

function packDimensions({ rows }: Rollup, dimensions: readonly Dimension[]): PackedDimensions {
  const filled = dimensions.filter((dimension) => rows[dimension].size > 0);
  return Object.fromEntries(filled.map((dimension) => [dimension, packRows(rows[dimension])]));
}

/** Cuts the rows of the dimensions until what they are stored as is within the budget. */
function within(
  budget: StateBudget,
  rollup: Rollup,
  dimensions: readonly Dimension[],
  linesOf: () => string[],
): Uint8Array {
  for (;;) {
    // One JSON text a line: JSON has no line breaks of its own.
    const text = Buffer.from(linesOf().join('\n'));
    const isReadable = text.length <= budget.inflated;
    const bytes = isReadable ? deflateRawSync(text) : undefined;
    if (bytes && bytes.length <= budget.stored) return bytes;
    const before = bytesOf(rollup.rows, dimensions);
    const share = bytes ? budget.stored / bytes.length : budget.inflated / text.length;
    const keep = Math.min(MAX_KEPT_OF_ROWS, share) * before;
    boundRollup(rollup, keep, dimensions);
    if (bytesOf(rollup.rows, dimensions) >= before)
      throw new Error('the numbers do not fit, though their rows are cut');
  }
}
