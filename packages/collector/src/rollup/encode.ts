/** A rollup as bytes and back: JSON of columns, deflated; the sketches as they serialise themselves. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packCounters, unpackCounters } from './counters.js';
import { DIMENSIONS, type Dimension, PAIR_DIMENSIONS, SINGLE_DIMENSIONS } from './dimensions.js';
import { Distinct } from './distinct.js';
import { type PackedRows, packRows, unpackRows } from './pack-rows.js';
import { cutRows, emptyRollup, type Rollup } from './rollup.js';

/** Version of the layout. */
const LAYOUT = 2;

/** What a state holds of its numbers. */
export interface EncodedRollup {
  body: Uint8Array;
  /** Of days and months: the rows of pairs, which most questions do not need. */
  pairs?: Uint8Array;
}

type PackedDimensions = Partial<Record<Dimension, PackedRows<string>>>;

interface Packed {
  layout: number;
  totals: number[];
  bot_events: number;
  revenue: [string, number][];
  strips: PackedRows<number>;
  visitors: string;
  unnumbered_sessions: string;
  rows: PackedDimensions;
}

/** In one piece: of hours. */
export const encodeRollup = (rollup: Rollup): Uint8Array => encodeBody(rollup, DIMENSIONS);

/** In two pieces, each cut to as many top values as fit into so many bytes; uncut where that fits. */
export function encodeApart(rollup: Rollup, maxBytes: number): Required<EncodedRollup> {
  return {
    body: within(maxBytes, rollup, SINGLE_DIMENSIONS, () => encodeBody(rollup, SINGLE_DIMENSIONS)),
    pairs: within(maxBytes, rollup, PAIR_DIMENSIONS, () => deflate(packDimensions(rollup, PAIR_DIMENSIONS))),
  };
}

/** @param wanted dimensions; others are left empty, whatever is known of them */
export function decodeRollup(
  { body, pairs }: EncodedRollup,
  wanted: readonly Dimension[] = DIMENSIONS,
): Rollup {
  const packed = inflate<Packed>(body);
  if (packed.layout !== LAYOUT) throw new Error(`rollup of layout ${packed.layout}, expected ${LAYOUT}`);
  const apart = pairs ? inflate<PackedDimensions>(pairs) : {};
  const rollup = emptyRollup();
  rollup.totals = unpackCounters(packed.totals);
  rollup.bot_events = packed.bot_events;
  rollup.revenue = new Map(packed.revenue);
  rollup.strips = unpackRows(packed.strips);
  rollup.visitors = Distinct.fromBytes(Buffer.from(packed.visitors, 'base64'));
  rollup.unnumbered_sessions = Distinct.fromBytes(Buffer.from(packed.unnumbered_sessions, 'base64'));
  for (const dimension of wanted) {
    const rows = packed.rows[dimension] ?? apart[dimension];
    if (rows) rollup.rows[dimension] = unpackRows(rows);
  }
  return rollup;
}

function encodeBody(rollup: Rollup, dimensions: readonly Dimension[]): Uint8Array {
  const packed: Packed = {
    layout: LAYOUT,
    totals: packCounters(rollup.totals),
    bot_events: rollup.bot_events,
    revenue: [...rollup.revenue],
    strips: packRows(rollup.strips),
    visitors: Buffer.from(rollup.visitors.toBytes()).toString('base64'),
    unnumbered_sessions: Buffer.from(rollup.unnumbered_sessions.toBytes()).toString('base64'),
    rows: packDimensions(rollup, dimensions),
  };
  return deflate(packed);
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

const deflate = (packed: object): Uint8Array => deflateRawSync(JSON.stringify(packed));

const inflate = <Content>(bytes: Uint8Array): Content => JSON.parse(inflateRawSync(bytes).toString());
