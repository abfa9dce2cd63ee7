/** Which segments answer for a range, and what of it they leave to the log. Pure. */
import type { Traffic } from '@liveinsight/schema';
import type { RollupState } from '../storage/rollup-store.js';
import type { SegmentRef, StoredColumns } from '../storage/segment-store.js';

/** What the segments of one state answer for: arrivals in ms, `to` exclusive. */
export interface Cover {
  state: RollupState;
  segments: readonly SegmentRef[];
  from: number;
  to: number;
}

/** What only the log may have. */
export interface Gap {
  shard: number;
  from: number;
  to: number;
  /** Start of the day that lacks columns; absent where no day is closed. */
  day?: number;
}

export interface ShardPlan {
  covers: Cover[];
  gaps: Gap[];
}

export interface PlanRange {
  shard: number;
  from: number;
  to: number;
  nowMs: number;
  /** Whose events are wanted, and whose are in columns that do not tell them apart. */
  traffic: Traffic;
  defaultTraffic: Traffic;
}

/** In order, and never a row before what is covered: days of two time zones overlap. @param states by start */
export function planShard(states: readonly RollupState[], range: PlanRange): ShardPlan {
  const { shard, from, to } = range;
  const plan: ShardPlan = { covers: [], gaps: [] };
  let covered = from;
  for (const state of states) {
    const end = Math.min(state.through, to);
    if (end <= covered) continue;
    if (state.start > covered) plan.gaps.push({ shard, from: covered, to: state.start });
    covered = Math.max(covered, state.start);
    const columns = readable(state.columns, range);
    if (columns && columns.through > covered) {
      plan.covers.push({
        state,
        segments: selectTraffic(columns, range),
        from: covered,
        to: columns.through,
      });
      covered = columns.through;
    }
    if (covered < end) plan.gaps.push({ shard, from: covered, to: end, day: state.start });
    covered = Math.max(covered, end);
  }
  if (covered < to) plan.gaps.push({ shard, from: covered, to });
  return plan;
}

const readable = (
  columns: StoredColumns | undefined,
  { nowMs, traffic, defaultTraffic }: PlanRange,
): StoredColumns | undefined =>
  columns && columns.expires_at * 1_000 > nowMs && (columns.apart || traffic === defaultTraffic)
    ? columns
    : undefined;

/** The segments of columns that have the events of that traffic. */
export const selectTraffic = (
  { apart, segments }: StoredColumns,
  { traffic }: Pick<PlanRange, 'traffic'>,
): readonly SegmentRef[] =>
  apart && traffic !== 'all'
    ? segments.filter((ref) => (ref.bots === true) === (traffic === 'bots'))
    : segments;

/** Stored bytes of a cover. @param isWanted by group of parts */
export const countBytes = ({ segments }: Cover, isWanted: (group: string) => boolean): number =>
  segments.reduce(
    (sum, { groups }) =>
      sum +
      Object.entries(groups).reduce((all, [group, { bytes }]) => all + (isWanted(group) ? bytes : 0), 0),
    0,
  );

/** Whether groups that are wanted have expired, as properties do before the rest. */
export const lacksGroups = (
  { segments }: Cover,
  isWanted: (group: string) => boolean,
  nowMs: number,
): boolean =>
  segments.some(({ groups }) =>
    Object.entries(groups).some(
      ([group, { expires_at }]) => expires_at !== undefined && isWanted(group) && expires_at * 1_000 <= nowMs,
    ),
  );

/**
 * The newest covers that fit into a budget, and the time (ms) before which others were left out.
 *
 * @param bytesOf undefined for one that cannot be read as far as it is wanted
 */
export function selectNewest(
  covers: readonly Cover[],
  bytesOf: (cover: Cover) => number | undefined,
  maxBytes: number,
): { covers: Cover[]; knownFrom: number } {
  const newestFirst = [...covers].sort((a, b) => b.to - a.to);
  let bytes = 0;
  let knownFrom = Number.NEGATIVE_INFINITY;
  for (const cover of newestFirst) {
    bytes += bytesOf(cover) ?? Number.POSITIVE_INFINITY;
    if (bytes > maxBytes) {
      knownFrom = cover.to;
      break;
    }
  }
  return { covers: covers.filter(({ to }) => to > knownFrom), knownFrom };
}
