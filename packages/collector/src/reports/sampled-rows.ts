/** How far the numbers of a report may be off that are estimates from a sample of visitors. Pure. */
import { MIN_SAMPLED_VISITORS } from '../query/sampled-fields.js';
import { getStandardErrors } from '../query/standard-errors.js';
import type { ScannedReport } from './scan-report.js';

/** Of a row, by name. */
type RowNumbers = Record<string, number | null | undefined>;

/** Nothing where numbers are no estimates; null where too few of a row are in the sample. */
export interface RowErrors {
  standard_errors?: Record<string, number | null> | null;
}

/** @param count how many visitors, conversions or the like a row is about, as an estimate of all */
export type ReadErrors = (key: string, numbers: RowNumbers, count: number) => RowErrors;

/** @param list the numbers of a scan by key of their row, where each visitor stands for so many */
export function createErrors<Scan>(
  { groups, sample }: Pick<ScannedReport<unknown, Scan>, 'groups' | 'sample'>,
  list: (scan: Scan, weight: number) => Iterable<readonly [key: string, numbers: RowNumbers]>,
): ReadErrors {
  if (!sample) return () => ({});
  const { share } = sample;
  const ofGroups = groups.map((group) => new Map(list(group, groups.length / share)));
  return (key, numbers, count) => ({
    standard_errors:
      count * share < MIN_SAMPLED_VISITORS
        ? null
        : getStandardErrors(
            numbers,
            ofGroups.map((group) => group.get(key)),
            share,
          ),
  });
}

/** What a response says of its sample. */
export const toSampleFields = ({ sample }: Pick<ScannedReport<unknown, unknown>, 'sample'>) =>
  sample ? { sample } : {};
