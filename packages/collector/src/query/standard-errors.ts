/** How far estimates from a sample may be off: from how much random groups of its visitors differ. Pure. */

/**
 * Sixteen groups tell their spread only roughly. Widened so much, twice the error covers what it should: 2.5 standard errors
 * are reached by Student's t with 15 degrees of freedom in 97.5 of 100 cases.
 */
const FEW_GROUPS = 1.25;

/**
 * Of the mean of what each group says; null where fewer than two say anything.
 *
 * @param values by group, each an estimate of the whole; null or undefined for a group that says nothing
 * @param share of all visitors that are in the sample: the more there are, the less is left to chance
 */
export function getStandardError(
  values: readonly (number | null | undefined)[],
  share: number,
): number | null {
  const known = values.filter((value): value is number => typeof value === 'number');
  if (known.length < 2) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return FEW_GROUPS * Math.sqrt(((1 - share) * squares) / (known.length * (known.length - 1)));
}

/** Of each number that the whole has. @param groups the same of each group; undefined for one that has nothing of it, which counts as 0 */
export function getStandardErrors<Whole extends object>(
  whole: Whole,
  groups: readonly (Partial<Whole> | undefined)[],
  share: number,
): Record<string, number | null> {
  const errors: Record<string, number | null> = {};
  for (const [name, value] of Object.entries(whole)) {
    if (typeof value !== 'number') continue;
    const own = groups.map((group) => group?.[name as keyof Whole]);
    // Where no group knows it, as of the hours of the week, nothing tells how far it is off.
    const isKnown = own.some((one) => typeof one === 'number');
    const values = own.map((one) => (typeof one === 'number' ? one : isRatio(name) ? undefined : 0));
    errors[name] = isKnown ? getStandardError(values, share) : null;
  }
  return errors;
}

/** What does not add up: a group without it says nothing. */
const isRatio = (name: string): boolean =>
  /_rate$|^average|_per_|^from_|_ms$|^p\d+$|^(good|needs_improvement|poor)$/.test(name);
