/** What rolling up needs to know and to reach. */

import type { Counters } from '../events/counters.js';
import type { OverBudgetReport } from '../events/over-budget.js';
import type { SegmentWriter } from '../segments/write-segment.js';
import type { ColumnsRetention } from '../sites/site-registry.js';
import type { EventStore } from '../storage/event-store.js';
import type { RollupStore } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { HOUR_MS } from '../time/ms.js';

/** A site as its numbers see it. */
export interface RollupSite {
  id: string;
  /** Hours, days and months of its reporting zone. */
  calendar: Calendar;
  retentionDays: number;
  /** Shards that the arrival index has, or had within retention, at most. */
  shards: number;
  /** How long columns are kept. Absent: none are written. */
  columns?: ColumnsRetention;
}

/** What writing columns needs. */
export interface ColumnsContext extends Omit<SegmentWriter, 'store'> {
  /** Sites whose days were looked through for ones without columns since the process began. */
  surveyed: Set<string>;
  /** Events of a day whose columns are built in memory at a time. Default: the budget's. */
  pieceEvents?: number;
}

/** How much is aggregated between two writes. */
export interface RollupLimits {
  /** Batches added to a state before it is written, and the rest of their minute. */
  stepBatches: number;
  /** A tail this long is put even though its hour is not over. */
  longTailBatches: number;
  /** The same where somebody reads: each response aggregates the tail again, which soon costs more than a write. */
  readTailBatches: number;
}

/** A part of a round that failed: the round goes on with the others, the next one tries it again. */
export interface RollupFailure {
  site: string;
  /** Which part, as `hour 0 2026-01-31T10:00:00.000Z`. */
  part: string;
  error: unknown;
}

export interface RollupContext {
  events: EventStore;
  rollups: RollupStore;
  /** 64-bit keyed hash of a visitor or session id. */
  hash: (id: string) => bigint;
  countBots: boolean;
  /** How long after its stamp an arrival is sure to be in the index, in ms: nothing younger is aggregated. */
  settleMs: number;
  steps: RollupLimits;
  /** Absent: columns are neither written nor read. */
  columns?: ColumnsContext;
  /** Called with each part that failed and was passed. */
  onFailure?: (failure: RollupFailure) => void;
  /** Called with what was over a budget in an hour that is whole now. */
  onOverBudget?: (over: OverBudgetReport) => void;
  /** Whether the time for this round is over: it stops after the step under way, and the next one goes on from there. */
  isOverdue?: () => boolean;
  /** Called when a day aggregated from its log differs from its hours: the counters that differ, day − hours. */
  onDifference: (difference: {
    site: string;
    shard: number;
    day: number;
    counters: Partial<Counters>;
  }) => void;
}

/** Seconds between two rounds of a process. */
export const DEFAULT_ROLL_UP_EVERY_SECONDS = 60;
/** Usual bounds of a round. */
export const DEFAULT_ROLLUP_LIMITS: RollupLimits = {
  stepBatches: 20_000,
  longTailBatches: 1_000,
  readTailBatches: 200,
};
/** Values kept per dimension and hour. */
export const HOUR_VALUES = 300;
/** How long after its end a day is aggregated from its full log, in ms. */
export const DAY_CLOSES_AFTER_MS = 3 * HOUR_MS;
