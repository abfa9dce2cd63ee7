/** The port behind which numbers are kept: states with their own offset, changed only by compare-and-set. */
import type { RollupKey, RollupKind } from './rollup-key.js';
import type { SegmentStore, StoredColumns } from './segment-store.js';

export type { RollupKey, RollupKind } from './rollup-key.js';

export interface RollupState extends RollupKey {
  /** Arrival (ms) up to which the log is aggregated; the end of the time range when it is complete. */
  through: number;
  /** Counts the puts: what compare-and-set compares. 1 for the first. */
  version: number;
  /** The numbers, encoded. */
  body: Uint8Array;
  /** Transitions and click targets, encoded: few queries need them, so they are stored apart and read only where asked for. */
  edges?: Uint8Array;
  /** Of an hour: the start (ms) of the one before it, of the same shard; absent where there was none. */
  previous?: number;
  /** Words on how it came about, as `merged_from_hours`. */
  note?: string;
  /** The events by column, of hours and days. Absent: only the log has them. */
  columns?: StoredColumns;
}

export interface RollupRange {
  site: string;
  shard: number;
  kind: RollupKind;
  /** First start wanted, in ms, inclusive. */
  from: number;
  /** Start to stop before, in ms. */
  to: number;
}

export interface RollupOptions {
  /** Strongly consistent: shows every put that was answered before. */
  consistent?: boolean;
  /** States returned, at most. */
  limit?: number;
  /** Whether `edges` are wanted, where a state has them. */
  edges?: boolean;
}

export interface RollupPage {
  states: RollupState[];
  readUnits: number;
}

/**
 * Why a day needs another look: an `import` added to its log, an erasure (`erase`) took from it; or `history`: all its
 * numbers come from imports, the first of them at `marked_at`; or `failed`: a part of it could not be rolled up; or
 * `columns`: it has none; or `erased`: an erasure is to be taken out of its columns.
 */
export type DayMarkCause = 'import' | 'erase' | 'history' | 'failed' | 'columns' | 'erased';

/** A mark on a UTC day of a site. */
export interface DayMark {
  day: string;
  cause: DayMarkCause;
  /** When it was set last, in ms. */
  marked_at: number;
  /** Of `failed`: which part, as `hour 0 2026-01-31T10:00:00.000Z`; of `erased`: of which erasure. Each has a mark of its own. */
  part?: string;
  /** Of `failed`: why. */
  error?: string;
  /** Of `erased`: whose events, as keyed hashes; opaque to the store. */
  owner?: string;
}

export interface MarkedDaysOptions {
  /** Marks of earlier days are not wanted. */
  fromDay?: string;
  /** Default: true. A read that is not costs half as much, and may show what was there a moment ago. */
  consistent?: boolean;
}

export interface RollupStore extends SegmentStore {
  /** The store's clock, in ms: own clock plus the offset seen in its replies. */
  now(): number;
  /** States in order of start. */
  rollups(range: RollupRange, options?: RollupOptions): Promise<RollupPage>;
  /** The newest state that starts before `before` (ms), strongly consistent. */
  newest(of: Omit<RollupKey, 'start'>, before: number): Promise<RollupState | undefined>;
  /** Puts a state, whole or not at all, if the stored one still has the version before it (none for version 1); says whether it was put. */
  putRollup(state: RollupState): Promise<boolean>;
  /** Sets a mark, or sets it again later. It is kept for so many days (default 90). */
  markDay(site: string, mark: DayMark, keptDays?: number): Promise<void>;
  markedDays(site: string, cause: DayMarkCause, options?: MarkedDaysOptions): Promise<DayMark[]>;
  /** Takes a mark away unless it was set again since. */
  clearMark(site: string, mark: DayMark): Promise<void>;
}
