/** What visitors sent beyond the budgets of the numbers, by reason. */

/** Where values beyond a budget are counted. */
export const OTHER = '(other)';

/**
 * What was over a budget: `(other)` counts rows that were moved there to bound memory or size, `truncated` the times that
 * a key was cut, `dropped.currency` amounts of money in currencies beyond the number that is stored, and
 * `dropped.undecodable` stored batches that could not be read.
 */
const OVER_REASONS = [OTHER, 'truncated', 'dropped.currency', 'dropped.undecodable'] as const;
export type OverReason = (typeof OVER_REASONS)[number];
export type OverBudget = Map<OverReason, number>;

/** What visitors sent beyond what the numbers of an hour can hold. */
export interface OverBudgetReport {
  site: string;
  shard: number;
  /** First ms of the hour. */
  hour: number;
  reason: OverReason;
  times: number;
}
