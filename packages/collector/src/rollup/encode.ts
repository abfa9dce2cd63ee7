/** A rollup as bytes and back: JSON of short lists, deflated; the sketches as they serialise themselves. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packCounters, unpackCounters } from './counters.js';
import { DIMENSIONS, type Dimension } from './dimensions.js';
import { Distinct } from './distinct.js';
import { emptyRollup, type Rollup } from './rollup.js';

/** Version of the layout. */
const LAYOUT = 1;

interface Packed {
  layout: number;
  totals: number[];
  bot_events: number;
  revenue: [string, number][];
  strips: [number, number[]][];
  visitors: string;
  unnumbered_sessions: string;
  rows: Partial<Record<Dimension, [string, number[]][]>>;
}

export function encodeRollup(rollup: Rollup): Uint8Array {
  const packed: Packed = {
    layout: LAYOUT,
    totals: packCounters(rollup.totals),
    bot_events: rollup.bot_events,
    revenue: [...rollup.revenue],
    strips: [...rollup.strips].map(([start, counters]) => [start, packCounters(counters)]),
    visitors: Buffer.from(rollup.visitors.toBytes()).toString('base64'),
    unnumbered_sessions: Buffer.from(rollup.unnumbered_sessions.toBytes()).toString('base64'),
    rows: Object.fromEntries(
      DIMENSIONS.filter((dimension) => rollup.rows[dimension].size > 0).map((dimension) => [
        dimension,
        [...rollup.rows[dimension]].map(([value, counters]) => [value, packCounters(counters)]),
      ]),
    ),
  };
  return deflateRawSync(JSON.stringify(packed));
}

export function decodeRollup(bytes: Uint8Array): Rollup {
  const packed = JSON.parse(inflateRawSync(bytes).toString()) as Packed;
  if (packed.layout !== LAYOUT) throw new Error(`rollup of layout ${packed.layout}, expected ${LAYOUT}`);
  const rollup = emptyRollup();
  rollup.totals = unpackCounters(packed.totals);
  rollup.bot_events = packed.bot_events;
  rollup.revenue = new Map(packed.revenue);
  rollup.strips = new Map(packed.strips.map(([start, counters]) => [start, unpackCounters(counters)]));
  rollup.visitors = Distinct.fromBytes(Buffer.from(packed.visitors, 'base64'));
  rollup.unnumbered_sessions = Distinct.fromBytes(Buffer.from(packed.unnumbered_sessions, 'base64'));
  for (const dimension of DIMENSIONS) {
    for (const [value, counters] of packed.rows[dimension] ?? []) {
      rollup.rows[dimension].set(value, unpackCounters(counters));
    }
  }
  return rollup;
}
