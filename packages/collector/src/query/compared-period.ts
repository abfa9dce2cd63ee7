/** The numbers of the period that a range is compared with, and whether they are known. */

import type { StatsData } from '@liveinsight/schema';
import { isOfColumns } from '../engine/numbers-plan.js';
import { createNote, type Note } from '../notes.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import { type BucketedRollup, type BucketsQuery, readBuckets, type StatsSite } from './bucketed-rollup.js';
import type { Comparison } from './comparison.js';
import { toPrevious } from './points.js';
import { previousBounds } from './previous-range.js';
import type { QueryContext } from './query-context.js';
import type { TimeRange } from './time-range.js';

export interface ComparedPeriod {
  read: BucketedRollup;
  previous: NonNullable<StatsData['previous']>;
  /** Whether rows of it are of all that happened. */
  areRowsKnown: boolean;
  notes: Note[];
}

export async function readCompared(
  context: QueryContext,
  site: StatsSite,
  query: BucketsQuery,
  { range, comparison }: { range: TimeRange; comparison: Comparison },
): Promise<ComparedPeriod> {
  const bounds = comparedBounds(context, site, query, { range, comparison });
  const read = await readBuckets(context, site, query, bounds);
  const knownFrom = read.knownFrom ?? (await findBeginning(context, site, read));
  const end = bounds.at(-1) ?? 0;
  const isIncomplete =
    knownFrom !== undefined || read.asOf < end || (read.unreadableHours && read.unreadableHours.size > 0);
  const known = { ...read, ...(knownFrom === undefined ? {} : { knownFrom: Math.min(knownFrom, end) }) };
  return {
    read: known,
    previous: toPrevious(known, isIncomplete === true),
    areRowsKnown: !isIncomplete && !read.buckets.some(({ additiveOnly }) => additiveOnly),
    notes: [...read.notes.map(toComparedNote), ...(isIncomplete ? [incompleteNote(known.knownFrom)] : [])],
  };
}

/** The range can be sampled too, and then has other numbers. */
const toComparedNote = (note: Note): Note =>
  note.code === 'sampled' || note.code === 'sample_too_small'
    ? { ...note, message: `compared period: ${note.message}` }
    : note;

function incompleteNote(knownFrom: number | undefined): Note {
  const message = 'not all of the compared period is known: its totals and rows are null';
  if (knownFrom === undefined) return createNote('compared_incomplete', message);
  const at = new Date(knownFrom).toISOString();
  return createNote('compared_incomplete', `${message} (known since ${at})`, { at });
}

/** Beyond the log rollups know nothing of parts of an hour but sums: there it ends with the nearest whole one. */
function comparedBounds(
  { rollups }: QueryContext,
  { known, rollup }: StatsSite,
  query: BucketsQuery,
  { range, comparison }: { range: TimeRange; comparison: Comparison },
): number[] {
  const now = rollups.now();
  const rounding = {
    roundBefore: isOfColumns(query) ? 0 : now - (known.retentionDays - 1) * DAY_MS,
    round: (ms: number) => rollup.calendar.floor(ms + HOUR_MS / 2, 'hour'),
  };
  return previousBounds(range, now, rounding, comparison);
}

/**
 * Where nothing is known of a site from before the period, or from its first interval, what happened then was not measured: it is not zero. Returns the
 * arrival (ms) from which on it is known, the end of the first interval with events; undefined where all of it is.
 */
async function findBeginning(
  context: QueryContext,
  site: StatsSite,
  { buckets }: BucketedRollup,
): Promise<number | undefined> {
  const first = buckets.find(({ rollup }) => rollup.totals.events > 0);
  // Filters may leave nothing of the first interval, of which others are known.
  if ((first && first === buckets[0]) || (await isKnownBefore(context, site, buckets[0]?.end ?? 0)))
    return undefined;
  return first?.end ?? buckets.at(-1)?.end;
}

/** Whether anything is stored, or held of the newest arrivals, from before a time (ms). */
async function isKnownBefore(
  { rollups, tail }: QueryContext,
  { known, rollup }: StatsSite,
  time: number,
): Promise<boolean> {
  const shards = Array.from({ length: rollup.shards }, (_, shard) => shard);
  const newest = await Promise.all(
    shards.map((shard) => rollups.newest({ site: known.id, shard, kind: 'hour' }, time)),
  );
  if (newest.some((hour) => hour !== undefined)) return true;
  const cuts = (await tail?.cuts()) ?? [];
  return cuts.some(({ buckets }) => buckets.some(({ start }) => start < time));
}
