/** The course of a number, small: no line where it is not known. */
import { linePath } from '../../series/chart-lines.js';

const WIDTH = 64;
const HEIGHT = 20;

export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const largest = Math.max(0, ...values.map((value) => value ?? 0));
  const last = values.length - 1;
  if (last < 1 || largest === 0) return null;
  const y = (value: number) => HEIGHT - 1 - ((HEIGHT - 2) * value) / largest;
  const points = values.map((value, at): [number, number] | undefined =>
    value === null ? undefined : [(WIDTH * at) / last, y(value)],
  );
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={linePath(points)} />
    </svg>
  );
}
