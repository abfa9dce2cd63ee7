/** A rollup as bytes and back: JSON of columns, a line for each dimension, deflated; the sketches as they serialise themselves. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { addPackedCounters, packCounters } from './counters.js';
import { DIMENSIONS, type Dimension, PAIR_DIMENSIONS, SINGLE_DIMENSIONS } from './dimensions.js';
import { Distinct } from './distinct.js';
import { addPackedRows, type PackedRows, packRows } from './pack-rows.js';
import { addMoney, cutRows, emptyRollup, type Rollup } from './rollup.js';

/** Version of the layout. Before it all stood in one line. */
const LAYOUT = 3;
const LAYOUT_OF_ONE_LINE = 2;

/** What a state holds of its numbers. */
export interface EncodedRollup {
  body: Uint8Array;
  /** Of days and months: the rows of pairs, which most questions do not need. */
  pairs?: Uint8Array;
}

type PackedDimensions = Partial<Record<Dimension, PackedRows<string>>>;

/** The first line of a body. */
interface Head {
  layout: number;
  totals: number[];
  bot_events: number;
  revenue: [string, number][];
  visitors: string;
  unnumbered_sessions: string;
  /** What the following lines are of. */
  lines: Line[];
}
type Line = 'strips' | Dimension;

/** What the one line of a body of layout 2 had besides. */
interface OneLine {
  strips: PackedRows<number>;
  rows: PackedDimensions;
}

/** In one piece: of hours. */
export const encodeRollup = (rollup: Rollup): Uint8Array => encodeBody(rollup, DIMENSIONS);

/** In two pieces, each cut to as many top values as fit into so many bytes; uncut where that fits. */
export function encodeApart(rollup: Rollup, maxBytes: number): Required<EncodedRollup> {
  return {
    body: within(maxBytes, rollup, SINGLE_DIMENSIONS, () => encodeBody(rollup, SINGLE_DIMENSIONS)),
    pairs: within(maxBytes, rollup, PAIR_DIMENSIONS, () =>
      deflate([packDimensions(rollup, PAIR_DIMENSIONS)]),
    ),
  };
}

/** @param dimensions that are wanted; others are left empty, whatever is known of them */
export function decodeRollup(encoded: EncodedRollup, dimensions: readonly Dimension[] = DIMENSIONS): Rollup {
  const rollup = emptyRollup();
  addEncoded(rollup, encoded, { dimensions, strips: true });
  return rollup;
}

/** What is unpacked beside totals and visitors, which is most of the work. */
export interface Wanted {
  dimensions: readonly Dimension[];
  strips: boolean;
}

/** Adds the numbers of an encoded rollup to another's, without making a rollup of it first. */
export function addEncoded(
  rollup: Rollup,
  { body, pairs }: EncodedRollup,
  { dimensions, strips }: Wanted,
): void {
  const { head, line } = takeApart(body);
  const apart: PackedDimensions = pairs ? JSON.parse(inflate(pairs)) : {};
  addPackedCounters(rollup.totals, head.totals);
  rollup.bot_events += head.bot_events;
  for (const [currency, micros] of head.revenue) addMoney(rollup.revenue, currency, micros);
  rollup.visitors.merge(distinctOf(head.visitors));
  rollup.unnumbered_sessions.merge(distinctOf(head.unnumbered_sessions));
  const strip = strips && line<number>('strips');
  if (strip) addPackedRows(rollup.strips, strip);
  for (const dimension of dimensions) {
    const rows = line<string>(dimension) ?? apart[dimension];
    if (rows) addPackedRows(rollup.rows[dimension], rows);
  }
}

interface Parts {
  head: Head;
  /** Rows of a line, parsed when they are asked for: most questions want few of them. */
  line<Key>(name: Line): PackedRows<Key> | undefined;
}

function takeApart(body: Uint8Array): Parts {
  const [first = '', ...lines] = inflate(body).split('\n');
  const head: Head = JSON.parse(first);
  switch (head.layout) {
    case LAYOUT:
      return {
        head,
        line(name) {
          const text = lines[head.lines.indexOf(name)];
          return text === undefined ? undefined : JSON.parse(text);
        },
      };
    case LAYOUT_OF_ONE_LINE: {
      const { strips, rows }: OneLine = JSON.parse(first);
      return { head, line: (name) => (name === 'strips' ? strips : rows[name]) as PackedRows<never> };
    }
    default:
      throw new Error(`rollup of layout ${head.layout}: a newer LiveInsight stored it`);
  }
}

const distinctOf = (base64: string) => Distinct.fromBytes(Buffer.from(base64, 'base64'));

function encodeBody(rollup: Rollup, dimensions: readonly Dimension[]): Uint8Array {
  const rows = packDimensions(rollup, dimensions);
  const head: Head = {
    layout: LAYOUT,
    totals: packCounters(rollup.totals),
    bot_events: rollup.bot_events,
    revenue: [...rollup.revenue],
    visitors: Buffer.from(rollup.visitors.toBytes()).toString('base64'),
    unnumbered_sessions: Buffer.from(rollup.unnumbered_sessions.toBytes()).toString('base64'),
    lines: ['strips', ...(Object.keys(rows) as Dimension[])],
  };
  return deflate([head, packRows(rollup.strips), ...Object.values(rows)]);
}

function packDimensions({ rows }: Rollup, dimensions: readonly Dimension[]): PackedDimensions {
  const filled = dimensions.filter((dimension) => rows[dimension].size > 0);
  return Object.fromEntries(filled.map((dimension) => [dimension, packRows(rows[dimension])]));
}

function within(
  maxBytes: number,
  rollup: Rollup,
  dimensions: readonly Dimension[],
  encode: () => Uint8Array,
): Uint8Array {
  let bytes = encode();
  for (let most = 8_192; bytes.length > maxBytes; most = Math.floor(most / 2)) {
    cutRows(rollup, most, dimensions);
    bytes = encode();
  }
  return bytes;
}

/** One JSON text a line: JSON has no line breaks of its own. */
const deflate = (lines: object[]): Uint8Array =>
  deflateRawSync(lines.map((line) => JSON.stringify(line)).join('\n'));

const inflate = (bytes: Uint8Array): string => inflateRawSync(bytes).toString();
