/** The numbers of a property in the rows of breakdowns: counts, sums and percentiles, which only events by column have. */
import type { BreakdownRow, PropertyNumbers as RowNumbers } from '@liveinsight/schema';
import type { Chunk } from '../columns/chunk.js';
import { CROSS_SEPARATOR } from '../engine/axis-rows.js';
import type { NumberStats } from '../engine/number-stats.js';
import type { Axis } from '../engine/numbers-plan.js';
import {
  getPropertyNumbersGroups,
  NUMBER_LIMITS,
  type NumberLimits,
  PropertyNumbers,
  type PropertyNumbersPlan,
} from '../engine/property-numbers.js';
import { SAMPLE_GROUPS, splitSample } from '../engine/sample.js';
import type { Restriction, Selection } from '../engine/selection.js';
import { createNote, type Note } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toPercentileNotes } from './percentile-notes.js';
import type { QueryContext } from './query-context.js';
import { readSampled } from './read-sampled.js';
import { getStandardErrors } from './standard-errors.js';

export interface NumbersQuery extends Restriction {
  /** The property. */
  key: string;
  /** Breakdowns, by the name that they are asked for. */
  axes: readonly Axis[];
}

export interface FoundNumbers {
  /** The row with its numbers: null where it has none, or stands for several values. */
  addTo(breakdown: string, row: BreakdownRow): BreakdownRow;
  notes: Note[];
}

type ByAxis = ReadonlyMap<string, PropertyNumbers>;

/** Where not all of the range is known, numbers of a part of it would stand beside counts of all: then they are not known. */
export async function readRowNumbers(
  context: QueryContext,
  site: ResolvedSite,
  { key, axes, ...restriction }: NumbersQuery,
): Promise<FoundNumbers> {
  const toPlan = (known: Restriction, { fields, event }: Axis): PropertyNumbersPlan => ({
    ...known,
    ...{ key, fields, event },
  });
  // All breakdowns share a budget.
  const max = {
    rows: Math.ceil(NUMBER_LIMITS.rows / axes.length),
    numbers: Math.ceil(NUMBER_LIMITS.numbers / axes.length),
  };
  const create = (known: Restriction, isGroup: boolean): ByAxis =>
    new Map(
      axes.map((axis) => [
        axis.name,
        new PropertyNumbers(toPlan(known, axis), isGroup ? toGroupLimits(max) : max),
      ]),
    );
  const { scan, set, sample, notes } = await readSampled(
    context,
    site,
    restriction,
    (known, span) => axes.flatMap((axis) => [...getPropertyNumbersGroups(toPlan(known, axis), span)]),
    (known, isSample) => new NumbersScan(create, known, isSample),
  );
  if (set.knownFrom !== undefined) return { addTo: (_, row) => ({ ...row, numbers: null }), notes };
  const share = sample?.share ?? 1;
  const complete = listNumbers(scan.complete, 1 / share);
  const groups = scan.groups.map((group) => listNumbers(group, SAMPLE_GROUPS / share));
  const all = [...scan.complete.values()];
  const sampled = all.find(({ numbers }) => numbers.sampled !== undefined);
  return {
    addTo(breakdown, row) {
      const value = row.values?.join(CROSS_SEPARATOR) ?? row.value;
      const numbers = complete.get(breakdown)?.get(value);
      if (!numbers) return { ...row, numbers: null };
      const ofGroups = groups.map((group) => group.get(breakdown)?.get(value));
      const errors = sample ? { standard_errors: toNumberErrors(numbers, ofGroups, share) } : {};
      return { ...row, numbers: { ...numbers, ...errors } };
    },
    notes: [
      ...notes,
      ...toUnlistedNotes(all.reduce((sum, { unlisted }) => sum + unlisted, 0)),
      ...toPercentileNotes(sampled?.numbers.sampled),
    ],
  };
}

/** Of all that passes, and where that is a sample, of random groups of its visitors. */
class NumbersScan {
  readonly complete: ByAxis;
  readonly groups: readonly ByAxis[];

  constructor(
    create: (known: Restriction, isGroup: boolean) => ByAxis,
    known: Restriction,
    isSample: boolean,
  ) {
    this.complete = create(known, false);
    this.groups = Array.from({ length: isSample ? SAMPLE_GROUPS : 0 }, () => create(known, true));
  }

  add(chunk: Chunk, selection: Selection): void {
    for (const numbers of this.complete.values()) numbers.add(chunk, selection);
    if (this.groups.length === 0) return;
    for (const [index, part] of splitSample(chunk, selection).entries())
      for (const numbers of this.groups[index]?.values() ?? []) numbers.add(chunk, part);
  }
}

const listNumbers = (byAxis: ByAxis, weight: number) =>
  new Map(
    [...byAxis].map(([name, numbers]) => [
      name,
      new Map([...numbers.finish()].map(([value, stats]) => [value, toNumbers(stats, weight)])),
    ]),
  );

/** @param weight visitors that each one who was looked at stands for */
export function toNumbers({ count, sum, min, max, percentiles }: NumberStats, weight: number): RowNumbers {
  const [p50 = null, p75 = null, p90 = null, p95 = null, p99 = null] = percentiles;
  const counted = { count: Math.round(weight * count), sum: weight * sum, average: sum / count };
  return { ...counted, min, max, p50, p75, p90, p95, p99 };
}

/** Of a group of a sample: a part of the rows is enough for those that matter, and errors of percentiles are not told. */
export const toGroupLimits = ({ rows }: NumberLimits): NumberLimits => ({
  rows: Math.ceil(rows / 4),
  numbers: 0,
});

/** @param unlisted values that are not counted */
export function toUnlistedNotes(unlisted: number): Note[] {
  if (unlisted === 0) return [];
  const message = `there are more properties or values than can be listed: ${unlisted} values are not counted`;
  return [createNote('properties_dropped', message, { count: unlisted })];
}

/** Where values are few, as of seats, groups mostly agree in a percentile that the next value could as well be; and none has the most. */
const UNTOLD = { min: null, max: null, p50: null, p75: null, p90: null, p95: null, p99: null } as const;

export const toNumberErrors = (...args: Parameters<typeof getStandardErrors<RowNumbers>>) => ({
  ...getStandardErrors(...args),
  ...UNTOLD,
});
