/**
 * Whether two rates differ, by an interval that holds at all times at once: it may be looked at daily, and the experiment
 * ended at any look. Pure.
 *
 * The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory
 * and asymptotic confidence sequences" (Annals of Statistics, 2024, arXiv:2103.06476, theorem 2.2), of the difference of two
 * proportions. It is Robbins' normal mixture, which the mixture SPRT of Johari, Koomen, Pekelis and Walsh ("Always valid
 * inference", Operations Research, 2022) is the test of: with t visitors in both groups and the standard error s,
 *
 *   s √(2 (t ρ² + 1) / (t ρ²) · ln(√(t ρ² + 1) / α))
 *
 * It assumes that visitors are independent of each other and come into groups by chance alone, that rates of both groups
 * change alike over time, and that both groups are large: below `MIN_OUTCOMES` there is no interval.
 */

/** What is known of a group of visitors. */
export interface Group {
  visitors: number;
  /** How many of them did it. */
  conversions: number;
}

export interface Difference {
  /** Rate of the group less that of the control. */
  estimate: number;
  low: number;
  high: number;
}

/** Conversions that each group must have at the rate of both together, and visitors without one: for the normal approximation. */
export const MIN_OUTCOMES = 25;
/** Visitors of both groups at which the interval is as narrow as it can be. To be set before anything is known. */
const NARROWEST_AT = 10_000;

/** Undefined while there are too few to say anything. */
export function compareRates(group: Group, control: Group, alpha: number): Difference | undefined {
  const visitors = group.visitors + control.visitors;
  const fewest = Math.min(group.visitors, control.visitors);
  const pooled = (group.conversions + control.conversions) / visitors;
  if (!(fewest * Math.min(pooled, 1 - pooled) >= MIN_OUTCOMES)) return undefined;
  const estimate = group.conversions / group.visitors - control.conversions / control.visitors;
  const scaled = visitors * findMixture(alpha);
  const bound = Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha));
  const margin = bound * Math.sqrt(estimateVariance(group) + estimateVariance(control));
  return { estimate, low: Math.max(estimate - margin, -1), high: Math.min(estimate + margin, 1) };
}

/** ρ² of the narrowest interval at `NARROWEST_AT`, as in section B.2 of the paper. */
function findMixture(alpha: number): number {
  const log = -2 * Math.log(alpha);
  return (log + Math.log(log + 1)) / NARROWEST_AT;
}

/** Of a rate. With a conversion and a visitor without one more, so that it is not zero where all or none converted. */
function estimateVariance({ visitors, conversions }: Group): number {
  const rate = (conversions + 1) / (visitors + 2);
  return (rate * (1 - rate)) / visitors;
}
