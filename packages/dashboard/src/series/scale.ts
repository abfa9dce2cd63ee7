/** Where the lines and names of an axis are. Pure. */

/** From 0 to at least the largest value, in 1, 2, 2.5 or 5 times a power of ten. */
export function valueTicks(largest: number, max: number, isInteger: boolean): number[] {
  const top = largest > 1e-6 ? largest : 1;
  const rough = top / max;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power);
  const fits = steps.filter((step) => step >= rough && (!isInteger || Number.isInteger(step)));
  const step = fits[0] ?? (isInteger ? 1 : 10 * power);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** Steps of durations: seconds, minutes and hours are not decimal. */
const DURATION_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200];

export function durationTicks(largestMs: number, max: number): number[] {
  const top = Math.max(largestMs, 1_000);
  const step = 1_000 * (DURATION_STEPS_S.find((seconds) => seconds * 1_000 * max >= top) ?? 86_400);
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, at) => at * step);
}

/** Which of so many points are named, evenly, the last one among them. */
export function namedPoints(points: number, max: number): number[] {
  const step = Math.max(1, Math.ceil(points / Math.max(1, max)));
  const named: number[] = [];
  for (let at = points - 1; at >= 0; at -= step) named.unshift(at);
  return named;
}
