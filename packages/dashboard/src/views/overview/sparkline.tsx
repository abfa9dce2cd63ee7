/** The course of a number, small: no line where it is not known. */

const WIDTH = 64;
const HEIGHT = 20;

export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const largest = Math.max(0, ...values.map((value) => value ?? 0));
  const last = values.length - 1;
  if (last < 1 || largest === 0) return null;
  let isOn = false;
  const path = values
    .map((value, at) => {
      const step =
        value === null
          ? ''
          : `${isOn ? 'L' : 'M'}${((WIDTH * at) / last).toFixed(1)},${(HEIGHT - 1 - ((HEIGHT - 2) * value) / largest).toFixed(1)}`;
      isOn = value !== null;
      return step;
    })
    .join('');
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
