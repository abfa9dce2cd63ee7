/** A rollup as bytes and back: JSON of columns, a line for each dimension, deflated; the sketches as they serialise themselves. */
import { deflateRawSync } from 'node:zlib';
import { DAY_STATE, HOUR_STATE, MAX_INFLATED_STATE_BYTES, type StateBudget } from '../budgets.js';
import { addPackedCounters, packCounters } from '../events/counters.js';
import {
  boundRowKey,
  DIMENSIONS,
  type Dimension,
  EDGE_DIMENSIONS,
  SINGLE_DIMENSIONS,
} from '../events/dimensions.js';
import { OTHER, type OverReason } from '../events/over-budget.js';
import { addMoney, boundRollup, countOver, emptyRollup, type Rollup } from './aggregate.js';
import { addPackedRows, type PackedRows, packRows } from './columnar-rows.js';
import { DistinctCounter } from './distinct-counter.js';
import { inflatePart } from './inflate-part.js';
import { countersAt, countRowBytes, type RowFilter } from './row-set.js';

/** Version of the layout. Before it all stood in one line. As for batches, a release must not write one that the release before cannot read. */
export const LAYOUT = 3;
const LAYOUT_OF_ONE_LINE = 2;
export const READABLE_LAYOUTS: readonly number[] = [LAYOUT_OF_ONE_LINE, LAYOUT];

/** What a state holds of its numbers. */
export interface EncodedRollup {
  body: Uint8Array;
  /** Of days and months: the rows of edges, which most questions do not need. */
  edges?: Uint8Array;
}

/** At each attempt to fit at least so much is cut. */
const MAX_RETAINED_SHARE = 0.9;

type PackedDimensions = Partial<Record<Dimension, PackedRows<string>>>;

/** The first line of a body. */
interface Head {
  layout: number;
  totals: number[];
  bot_events: number;
  /** Present and true where engaged sessions are counted; not in states stored before they were. */
  engaged?: true;
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
  const edges = within(budget, rollup, EDGE_DIMENSIONS, () => [
    JSON.stringify(packDimensions(rollup, EDGE_DIMENSIONS)),
  ]);
  const body = within(budget, rollup, SINGLE_DIMENSIONS, () => bodyLines(rollup, SINGLE_DIMENSIONS));
  return { body, edges };
}

/** @param dimensions that are wanted; others are left empty, whatever is known of them */
export function decodeRollup(encoded: EncodedRollup, dimensions: readonly Dimension[] = DIMENSIONS): Rollup {
  const rollup = emptyRollup();
  mergeEncoded(rollup, encoded, { dimensions, fiveMinuteTotals: true });
  return rollup;
}

/** The strips alone; undefined where the state cannot be read. */
export function decodeFiveMinuteTotals(encoded: EncodedRollup): Rollup['fiveMinuteTotals'] | undefined {
  try {
    return decodeRollup(encoded, []).fiveMinuteTotals;
  } catch {
    return undefined;
  }
}

/** What is unpacked beside totals and visitors, which is most of the work. */
export interface Selection {
  dimensions: readonly Dimension[];
  fiveMinuteTotals: boolean;
  /** The rows that are wanted. Default: all. */
  rowFilter?: RowFilter | undefined;
}

/** Adds the numbers of an encoded rollup to another's, without making a rollup of it first. Throws for one that cannot be read. */
export function mergeEncoded(
  rollup: Rollup,
  { body, edges }: EncodedRollup,
  { dimensions, fiveMinuteTotals, rowFilter }: Selection,
): void {
  const { head, line, isTruncated } = parseBody(body);
  const edgeRows = edges && dimensions.some(isEdge) ? parseEdges(edges) : {};
  // All is parsed before anything is added: what is broken adds nothing.
  const [visitors, sessions] = [
    toDistinctCounter(head.visitors),
    toDistinctCounter(head.unnumbered_sessions),
  ];
  const packedTotals = fiveMinuteTotals && line<number>('strips');
  const packedRows = dimensions.map(
    (dimension) => [dimension, line<string>(dimension) ?? edgeRows[dimension]] as const,
  );
  addPackedCounters(rollup.totals, head.totals);
  rollup.bot_events += head.bot_events;
  rollup.knowsEngaged &&= head.engaged === true;
  for (const [currency, micros, payments = 0] of head.revenue) addMoney(rollup, currency, micros, payments);
  for (const [reason, times] of head.over ?? []) countOver(rollup, reason, times);
  rollup.visitors.merge(visitors);
  rollup.unnumbered_sessions.merge(sessions);
  if (packedTotals) addPackedRows(rollup.fiveMinuteTotals, packedTotals);
  for (const [dimension, rows] of packedRows) {
    if (rows) addRows(rollup, dimension, rows, rowFilter);
    else if (isTruncated && head.lines.includes(dimension)) addUnread(rollup, dimension, head.totals);
  }
  boundRollup(rollup);
}

/** Older versions stored keys of any length: they are cut as new ones are. */
function addRows(
  rollup: Rollup,
  dimension: Dimension,
  [values, ...columns]: PackedRows<string>,
  rowFilter: RowFilter = () => true,
): void {
  const keys = values.map((value) => {
    const key = boundRowKey(value);
    if (key !== value) countOver(rollup, 'truncated', 1);
    return rowFilter(dimension, key) ? key : undefined;
  });
  addPackedRows(rollup.rows[dimension], [keys, ...columns]);
}

/** Rows that were too much to be read: that they are there is known, and what they add up to. */
function addUnread(rollup: Rollup, dimension: Dimension, totals: number[]): void {
  addPackedCounters(countersAt(rollup.rows[dimension], OTHER), totals);
  countOver(rollup, '(other)', 1);
}

const isEdge = (dimension: Dimension) => EDGE_DIMENSIONS.includes(dimension);

interface Parts {
  head: Head;
  /** Rows of a line, parsed when they are asked for: most questions want few of them. */
  line<Key>(name: Line): PackedRows<Key> | undefined;
  /** Whether it was too much to be read to its end. */
  isTruncated: boolean;
}

function parseBody(body: Uint8Array): Parts {
  const { text, isCut: isTruncated } = inflatePart(body, MAX_INFLATED_STATE_BYTES);
  const [first = '', ...lines] = text.split('\n');
  if (isTruncated) lines.pop();
  const head: Head = JSON.parse(first);
  switch (head.layout) {
    case LAYOUT:
      return {
        head,
        isTruncated,
        line(name) {
          const line = lines[head.lines.indexOf(name)];
          return line === undefined ? undefined : JSON.parse(line);
        },
      };
    case LAYOUT_OF_ONE_LINE: {
      const { strips: fiveMinuteTotals, rows }: OneLine = JSON.parse(first);
      return {
        head,
        isTruncated,
        line: (name) => (name === 'strips' ? fiveMinuteTotals : rows[name]) as PackedRows<never>,
      };
    }
    default:
      throw new Error(`rollup of layout ${head.layout}: a newer LiveInsight stored it`);
  }
}

/** None where they are too much to be read. */
function parseEdges(edges: Uint8Array): PackedDimensions {
  const { text, isCut: isTruncated } = inflatePart(edges, MAX_INFLATED_STATE_BYTES);
  return isTruncated ? {} : JSON.parse(text);
}

const toDistinctCounter = (base64: string) => DistinctCounter.fromBytes(Buffer.from(base64, 'base64'));

function bodyLines(rollup: Rollup, dimensions: readonly Dimension[]): string[] {
  const rows = packDimensions(rollup, dimensions);
  const head: Head = {
    layout: LAYOUT,
    totals: packCounters(rollup.totals),
    bot_events: rollup.bot_events,
    ...(rollup.knowsEngaged ? { engaged: true } : {}),
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
  return [head, packRows(rollup.fiveMinuteTotals), ...Object.values(rows)].map((line) =>
    JSON.stringify(line),
  );
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
  toLines: () => string[],
): Uint8Array {
  for (;;) {
    // One JSON text a line: JSON has no line breaks of its own.
    const text = Buffer.from(toLines().join('\n'));
    const isReadable = text.length <= budget.inflated;
    const bytes = isReadable ? deflateRawSync(text) : undefined;
    if (bytes && bytes.length <= budget.stored) return bytes;
    const before = countRowBytes(rollup.rows, dimensions);
    const share = bytes ? budget.stored / bytes.length : budget.inflated / text.length;
    const target = Math.min(MAX_RETAINED_SHARE, share) * before;
    boundRollup(rollup, target, dimensions);
    if (countRowBytes(rollup.rows, dimensions) >= before)
      throw new Error('the numbers do not fit, though their rows are cut');
  }
}
