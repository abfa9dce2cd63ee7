/**
 * Whether visitors were split as intended, by a test that may be repeated daily: the sequential multinomial test of Lindon
 * and Malek, "Anytime-valid inference for multinomial count data" (NeurIPS 2022, arXiv:2011.03567). The probability of the
 * counts under a Dirichlet mixture around the intended shares is divided by that under the shares themselves; where these
 * hold, the quotient ever exceeds 1/α with a probability of at most α. It assumes independent visitors. Pure.
 */

/** How near to the intended shares the alternatives are. */
const CONCENTRATION = 100;

/** p-value that is valid at any time; 1 where nothing speaks against the split. @param shares intended ones, of which the sum is 1 */
export function checkSplit(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let log = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  for (const [index, count] of counts.entries()) {
    const share = shares[index] ?? 0;
    const prior = CONCENTRATION * share;
    log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  }
  return Math.min(1, Math.exp(-log));
}

/** Above it, the series has all digits of a double. */
const LARGE = 16;

/** Of a positive number, by Stirling's series (Abramowitz and Stegun, 6.1.41). */
export function logGamma(value: number): number {
  let [x, shift] = [value, 0];
  for (; x < LARGE; x += 1) shift += Math.log(x);
  const [inverse, square] = [1 / x, 1 / (x * x)];
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1_260 - square / 1_680)));
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
}
