/** What an answer says of a sample: how large it is, and how far its numbers may be off. Pure. */

import type { BreakdownRow, SeriesPoint, StatsData, Totals } from '@liveinsight/schema';
import type { Numbers } from '../engine/numbers.js';
import { isOfColumns } from '../engine/numbers-plan.js';
import { createNote, type Note } from '../notes.js';
import { toTotals, UNKNOWN_TOTALS } from './derived-metrics.js';
import { MANY } from './many-values.js';
import { getStandardErrors } from './standard-errors.js';
import { toTimeBuckets } from './time-buckets.js';

/** Fewer sampled visitors say too little. */
export const MIN_SAMPLED_VISITORS = 30;
/** Of a sketch of visitors, as a part of their number. */
const SKETCH_ERROR = 0.016;

export interface SampledNumbers {
  /** Of all visitors, from 0 to 1. */
  share: number;
  /** Each an estimate of the whole. */
  groups: readonly Numbers[];
  /** In the sample, about. */
  visitors: number;
}

export function toSampled(share: number, groups: readonly Numbers[]): SampledNumbers {
  const estimates = groups.map((numbers) => groupTotals(numbers).visitors ?? 0);
  const visitors = estimates.reduce((sum, one) => sum + one, 0) / groups.length;
  return { share, groups, visitors: Math.round(visitors * share) };
}

/** A group has one bucket. */
function groupTotals(numbers: Numbers): Totals {
  const [bucket] = toTimeBuckets(numbers);
  return bucket ? toTotals(bucket, numbers.goal?.total) : UNKNOWN_TOTALS;
}

/** Rows of some numbers by breakdown: of those that are from columns, all of them. */
export type ListRows = (numbers: Numbers) => Partial<Record<string, readonly BreakdownRow[]>>;

/** Of each period, present where its numbers are estimates. */
export interface Samples {
  now: SampledNumbers | undefined;
  before: SampledNumbers | undefined;
}

/** The answer with what it says of its samples; totals and series are unknown where too few visitors are in one. */
export function withSamples(data: StatsData, { now, before }: Samples, listRows: ListRows): StatsData {
  if (!now && !before) return data;
  const errorsNow = now && readRowErrors(now, listRows);
  const errorsBefore = before && readRowErrors(before, listRows);
  const breakdowns = Object.entries(data.breakdowns).map(([name, rows]): [string, BreakdownRow[]] => [
    name,
    rows.map((row) => ({
      ...row,
      ...errorsNow?.(name, row.value, row),
      ...(row.previous && errorsBefore
        ? { previous: { ...row.previous, ...errorsBefore(name, row.value, row.previous) } }
        : {}),
    })),
  ]);
  const { previous } = data;
  return {
    ...data,
    breakdowns: Object.fromEntries(breakdowns),
    ...(now ? toSampledPeriod(data, now) : {}),
    ...(previous && before ? { previous: { ...previous, ...toSampledPeriod(previous, before) } } : {}),
  };
}

/** Where only rows are from columns, totals are those of rollups. */
const hasSampledTotals = ([group]: readonly Numbers[]) => group !== undefined && isOfColumns(group.plan);

interface PeriodNumbers {
  totals: Totals;
  series: SeriesPoint[];
}

function toSampledPeriod({ totals, series }: PeriodNumbers, sampled: SampledNumbers) {
  const { share, groups, visitors } = sampled;
  const sample = { share, visitors };
  if (!hasSampledTotals(groups)) return { sample };
  if (visitors >= MIN_SAMPLED_VISITORS)
    return { sample, standard_errors: toTotalsErrors(totals, groups.map(groupTotals), share) };
  const nothing = { ...UNKNOWN_TOTALS, ...(totals.goal_value === undefined ? {} : { goal_value: null }) };
  const unknown = series.map((point) => ({ ...point, ...nothing }));
  return { sample, totals: nothing, series: unknown, standard_errors: null };
}

function toTotalsErrors(totals: Totals, ofGroups: readonly Totals[], share: number) {
  const errors = getStandardErrors(totals, ofGroups, share);
  // The sketch's own error comes to it.
  if (typeof errors.visitors === 'number')
    errors.visitors = Math.hypot(errors.visitors, SKETCH_ERROR * (totals.visitors ?? 0));
  return errors;
}

type RowNumbers = NonNullable<BreakdownRow['previous']>;

/** The errors of a row: null where too few of its visitors are in the sample, nothing where rows are no estimates. */
function readRowErrors({ share, groups }: SampledNumbers, listRows: ListRows) {
  const byGroup = groups.map(
    (numbers) =>
      new Map(
        Object.entries(listRows(numbers)).map(([name, rows = []]) => [
          name,
          new Map(rows.map((row) => [row.value, row])),
        ]),
      ),
  );
  return (name: string, value: string, row: RowNumbers): Pick<BreakdownRow, 'standard_errors'> => {
    if (!byGroup[0]?.has(name)) return {};
    // Other values count in it in each group.
    const isKnown = !value.includes(MANY) && (row.visitors ?? 0) * share >= MIN_SAMPLED_VISITORS;
    const others = byGroup.map((found) => found.get(name)?.get(value));
    return { standard_errors: isKnown ? getStandardErrors(row, others, share) : null };
  };
}

export function toSampleNotes({ share, visitors }: Pick<SampledNumbers, 'share' | 'visitors'>): Note[] {
  const percent = Math.round(1_000 * share) / 10;
  const message = `estimates from ${percent} % of visitors: there are more events than one response reads; standard_errors says how far they may be off, and is null where fewer than ${MIN_SAMPLED_VISITORS} visitors were in the sample`;
  const notes = [createNote('sampled', message, { count: visitors })];
  if (visitors >= MIN_SAMPLED_VISITORS) return notes;
  const few = `too few visitors are in the sample to say anything: ${visitors}, of at least ${MIN_SAMPLED_VISITORS}`;
  return [...notes, createNote('sample_too_small', few, { count: visitors, limit: MIN_SAMPLED_VISITORS })];
}
