/** The running aggregate of what arrived in one shard since its newest stored hour. */

import type { AggregateOptions } from '../rollup/aggregate.js';
import { SETTLE_MS } from '../rollup/settle-time.js';
import type { ArrivedItem, StoredBatch } from '../storage/event-store.js';
import type { DayMark, RollupState } from '../storage/rollup-store.js';
import { DAY_MS, MINUTE_MS } from '../time/ms.js';
import { type Cursors, lastCursor, liftCursors, startCursors } from './cursors.js';
import { SeenNames } from './seen-names.js';
import { TailBuckets } from './tail-buckets.js';
import { TailRows } from './tail-rows.js';

/** An aggregate is begun again for a mark at most so often, until it is younger than what settles behind the mark. */
const REBUILD_INTERVAL_MS = 30_000;
/**
 * An aggregate that no page was read for so long is begun again: tables that are replaced by a backup are away for longer,
 * and what they have lost is behind the cursors. It costs little: what no roll-up has taken over is short.
 */
const MAX_PAUSE_MS = 5 * MINUTE_MS;

export interface TailAggregate {
  /** The newest stored hour: with the buckets it is one consistent cut. Undefined where there is none. */
  base: RollupState | undefined;
  /** When it was begun, by the store's clock. */
  readonly bornAt: number;
  /** Time of the last read that gave a page, by the store's clock. */
  readAt: number;
  readonly cursors: Cursors;
  readonly names: SeenNames;
  readonly buckets: TailBuckets;
  /** Its events by column, from the first query on that wanted them. */
  rows: TailRows | undefined;
  /** The newest arrival that was added, in ms. */
  lastArrival: number;
  /** Of the arrivals that the last read found for the first time, the share that this process had announced before. */
  announcedShare: number;
}

export const createAggregate = (
  base: RollupState | undefined,
  through: number,
  bornAt: number,
  options: AggregateOptions,
): TailAggregate => ({
  base,
  bornAt,
  readAt: bornAt,
  cursors: startCursors(through),
  names: new SeenNames(),
  buckets: new TailBuckets(through, options),
  rows: undefined,
  lastArrival: through - 1,
  announcedShare: 0,
});

/** From now on, its events are kept by column: what arrived earlier than all that follows is in the log. */
export function keepRows(aggregate: TailAggregate, maxBytes: number): void {
  const { buckets, lastArrival } = aggregate;
  aggregate.rows ??= new TailRows(lastArrival + 1, buckets.options, maxBytes);
}

/** The first arrival (ms) that is held in any form. */
export const heldFrom = ({ buckets, rows }: TailAggregate): number =>
  Math.min(buckets.retainedFrom, rows?.from ?? buckets.retainedFrom);

/** Whether a stored hour is older than the one that the aggregate knows: the table was restored. Starts and versions only grow. */
export function isBehind(
  { base, buckets }: TailAggregate,
  newest: RollupState | undefined,
  through: number,
): boolean {
  if (through < buckets.begin) return true;
  if (!base) return false;
  if (!newest) return true;
  return newest.start < base.start || (newest.start === base.start && newest.version < base.version);
}

/** Whether it was not read on for so long that the log may be another one. */
export const isPaused = (aggregate: TailAggregate, now: number): boolean =>
  now - aggregate.readAt > MAX_PAUSE_MS;

/** Whether a watermark is within a bucket: another process does not roll up by whole minutes. */
export const isParted = ({ buckets }: TailAggregate, through: number): boolean =>
  through > buckets.begin && buckets.isParted(through);

/** What was stored before `through` leaves the aggregate. */
export function moveTo(aggregate: TailAggregate, base: RollupState | undefined, through: number): void {
  aggregate.base = base;
  if (through <= aggregate.buckets.begin) return;
  const isComplete = lastCursor(aggregate.cursors) >= through;
  aggregate.buckets.moveTo(through, isComplete);
  // What it takes over unread will not be read any more.
  if (!isComplete) aggregate.rows?.dropBefore(through);
  liftCursors(aggregate.cursors, through);
}

/** Whether an item can be left out: it is in, or stored, or so old that it is not known any more whether it is in. */
export const isKnown = ({ buckets, cursors, names }: TailAggregate, item: ArrivedItem): boolean =>
  item.received_at < Math.max(buckets.begin, lastCursor(cursors)) || names.has(item);

/** Adds a batch once; says whether it was added. */
export function addOnce(aggregate: TailAggregate, batch: StoredBatch, now: number): boolean {
  if (isKnown(aggregate, batch)) return false;
  aggregate.names.add(batch);
  aggregate.buckets.add(batch, now);
  aggregate.rows?.add(batch);
  aggregate.lastArrival = Math.max(aggregate.lastArrival, batch.received_at);
  return true;
}

/** Counts an item that cannot be read, once. */
export function addUndecodable(aggregate: TailAggregate, item: ArrivedItem, now: number): void {
  if (isKnown(aggregate, item)) return;
  aggregate.names.add(item);
  aggregate.buckets.addUndecodable(item, now);
}

/** Whether an import or erasure may have changed the log behind the aggregate's cursors: what it has added cannot be taken out. */
export const isOutdated = (aggregate: TailAggregate, marks: DayMark[], now: number): boolean =>
  now - aggregate.bornAt >= REBUILD_INTERVAL_MS &&
  marks.some(
    ({ day, marked_at }) =>
      Date.parse(day) + DAY_MS > heldFrom(aggregate) && aggregate.bornAt < marked_at + SETTLE_MS,
  );
