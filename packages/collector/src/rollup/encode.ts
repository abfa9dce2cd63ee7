/** A rollup as bytes and back: JSON of columns, deflated; the sketches as they serialise themselves. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { addCounters, packCounters, unpackCounters } from './counters.js';
import { DIMENSIONS, type Dimension, PAIR_DIMENSIONS, SINGLE_DIMENSIONS } from './dimensions.js';
import { Distinct } from './distinct.js';
import { addPackedRows, type PackedRows, packRows } from './pack-rows.js';
import { addMoney, cutRows, emptyRollup, type Rollup } from './rollup.js';

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
  const packed = inflate<Packed>(body);
  if (packed.layout !== LAYOUT) throw new Error(`rollup of layout ${packed.layout}, expected ${LAYOUT}`);
  const apart = pairs ? inflate<PackedDimensions>(pairs) : {};
  addCounters(rollup.totals, unpackCounters(packed.totals));
  rollup.bot_events += packed.bot_events;
  for (const [currency, micros] of packed.revenue) addMoney(rollup.revenue, currency, micros);
  if (strips) addPackedRows(rollup.strips, packed.strips);
  rollup.visitors.merge(distinctOf(packed.visitors));
  rollup.unnumbered_sessions.merge(distinctOf(packed.unnumbered_sessions));
  for (const dimension of dimensions) {
    const rows = packed.rows[dimension] ?? apart[dimension];
    if (rows) addPackedRows(rollup.rows[dimension], rows);
  }
}

const distinctOf = (base64: string) => Distinct.fromBytes(Buffer.from(base64, 'base64'));

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
