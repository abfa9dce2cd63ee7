/** One shard's aggregate, and the one that takes its place where it cannot be continued. */

import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import type { RollupContext, RollupSite } from '../rollup/rollup-context.js';
import { floorToMinute } from '../rollup/settle-time.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { DayMark, RollupState } from '../storage/rollup-store.js';
import { DAY_MS, MINUTE_MS } from '../time/ms.js';
import { headCursor, knownUntil, lastCursor } from './cursors.js';
import { type ReadLimits, type ReadOutcome, readOn } from './read-on.js';
import {
  addOnce,
  createAggregate,
  heldFrom,
  isBehind,
  isOutdated,
  isParted,
  isPaused,
  keepRows,
  moveTo,
  type TailAggregate,
} from './tail-aggregate.js';
import type { TailBucket } from './tail-buckets.js';
import type { HeldRows } from './tail-rows.js';

/** A process may be stopped for any time between storing a batch and announcing it. */
const ANNOUNCED_WITHIN_MS = MINUTE_MS;
/** Why an aggregate was begun. */
export type StartCause = 'cold' | 'paused' | 'restored' | 'parted' | 'marked';

/** Newest stored hour and what arrived since, as they were at one moment. */
export interface TailCut {
  base: RollupState | undefined;
  /** Arrival (ms) at which the buckets begin, and the stored hours end. */
  through: number;
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /** Time (ms) of the last read, by the store's clock. */
  readAt: number;
  /** Each from `through` on. */
  buckets: TailBucket[];
  /** What the newest hours have taken over, each before `through`; complete from `retainedFrom` (ms) on. */
  retained: TailBucket[];
  retainedFrom: number;
  /** The events by column, where a query has wanted them before. */
  rows?: HeldRows;
}

export interface ShardTail {
  /** Brings the aggregate up to the time of the read. */
  refresh(readAt: number, marks: DayMark[], limits: ReadLimits): Promise<ReadOutcome>;
  /** Adds what this process has stored. */
  add(batch: StoredBatch): void;
  /** Undefined before the first refresh. */
  cut(): TailCut | undefined;
  /** Keeps events by column from now on. */
  keepRows(): void;
  /** The first arrival (ms) that is held; undefined where there is no aggregate. */
  heldFrom(): number | undefined;
  readonly bytes: number;
}

export function createShardTail(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { maxRowsBytes, onStart }: { maxRowsBytes: number; onStart: (cause: StartCause) => void },
): ShardTail {
  const { events, rollups, hash, countBots } = context;
  const source = { events, site: site.id, shard };
  /** What answers. */
  let current: TailAggregate | undefined;
  /** What takes its place as soon as it is as far: until then the current one, with its own stored hour, is right as of its time. */
  let next: TailAggregate | undefined;
  let wantsRows = false;

  function begin(
    cause: StartCause,
    base: RollupState | undefined,
    through: number,
    bornAt: number,
  ): TailAggregate {
    onStart(cause);
    next = createAggregate(base, through, bornAt, { hash, countBots });
    if (wantsRows) keepRows(next, maxRowsBytes);
    return next;
  }

  /** The aggregate that is read on. */
  function prepare(base: RollupState | undefined, readAt: number, marks: DayMark[]): TailAggregate {
    // Where nothing was ever stored, the log begins with retention: an aggregate stays where it began.
    const unstored = floorToMinute(readAt - site.retentionDays * DAY_MS);
    const toThrough = (aggregate?: TailAggregate) =>
      base?.through ?? (aggregate && !aggregate.base ? aggregate.buckets.begin : unstored);
    const findEnd = (aggregate: TailAggregate): StartCause | undefined => {
      if (isPaused(aggregate, readAt)) return 'paused';
      return isBehind(aggregate, base, toThrough(aggregate)) ? 'restored' : undefined;
    };
    const end = current && findEnd(current);
    if (end) current = undefined;
    if (next && (findEnd(next) || isParted(next, toThrough(next)))) next = undefined;
    const aggregate = next ?? current;
    const through = toThrough(aggregate);
    if (!aggregate) return begin(end ?? 'cold', base, through, readAt);
    if (isParted(aggregate, through)) return begin('parted', base, through, readAt);
    if (isOutdated(aggregate, marks, readAt)) return begin('marked', base, toThrough(), readAt);
    // What is stored need not be read. Else it is read first, so that the buckets hold all that the hour has taken over.
    if (headCursor(aggregate.cursors) < through) moveTo(aggregate, base, through);
    return aggregate;
  }

  return {
    async refresh(readAt, marks, limits) {
      const key = { site: site.id, shard, kind: 'hour' } as const;
      const base = await rollups.newest(key, readAt + CLOCK_MARGIN_MS);
      let aggregate = prepare(base, readAt, marks);
      let { isComplete, arrivals } = await readOn(aggregate, source, readAt, limits);
      const through = base?.through ?? aggregate.buckets.begin;
      if (isParted(aggregate, through)) {
        aggregate = begin('parted', base, through, readAt);
        ({ isComplete, arrivals } = await readOn(aggregate, source, readAt, limits));
      } else moveTo(aggregate, base, through);
      if (aggregate === next && (!current || knownUntil(aggregate.cursors) >= knownUntil(current.cursors)))
        [current, next] = [aggregate, undefined];
      return { isComplete: isComplete && next === undefined, arrivals };
    },

    add(batch) {
      const now = rollups.now();
      // What is announced long after it was stored may be erased by now; the index shows what is not.
      if (batch.received_at < now - ANNOUNCED_WITHIN_MS) return;
      for (const aggregate of [current, next]) if (aggregate) addOnceWithin(aggregate, batch, now);
    },

    cut() {
      if (!current) return undefined;
      const { base, buckets, cursors, rows } = current;
      return {
        base,
        through: buckets.begin,
        asOf: knownUntil(cursors),
        readAt: Math.max(current.readAt, next?.readAt ?? 0),
        buckets: buckets.open,
        retained: buckets.retained,
        retainedFrom: buckets.retainedFrom,
        ...(rows ? { rows: rows.snapshot(lastCursor(cursors)) } : {}),
      };
    },

    keepRows() {
      wantsRows = true;
      for (const aggregate of [current, next]) if (aggregate) keepRows(aggregate, maxRowsBytes);
    },

    heldFrom: () => {
      const held = [current, next].flatMap((aggregate) => (aggregate ? heldFrom(aggregate) : []));
      return held.length > 0 ? Math.min(...held) : undefined;
    },

    get bytes() {
      return [current, next].reduce(
        (sum, aggregate) => sum + (aggregate?.buckets.bytes ?? 0) + (aggregate?.rows?.bytes ?? 0),
        0,
      );
    },
  };
}

function addOnceWithin(aggregate: TailAggregate, batch: StoredBatch, now: number): void {
  if (aggregate.buckets.hasRoomFor(batch, now)) addOnce(aggregate, batch, now);
}
