/** An interval around an estimate, against zero: what it says is beside it as text. */

interface IntervalProps {
  estimate: number;
  low: number;
  high: number;
  /** What the ends of the scale are, on both sides of zero. */
  reach: number;
}

const WIDTH = 160;
const HEIGHT = 20;

export function Interval({ estimate, low, high, reach }: IntervalProps) {
  const x = (value: number) => WIDTH / 2 + (value / reach) * (WIDTH / 2 - 4);
  const tone = low > 0 ? 'good' : high < 0 ? 'bad' : 'open';
  return (
    <svg
      class={`interval ${tone}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <line class="zero" x1={x(0)} x2={x(0)} y1={0} y2={HEIGHT} />
      <line class="range" x1={x(low)} x2={x(high)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <circle cx={x(estimate)} cy={HEIGHT / 2} r={4} />
    </svg>
  );
}
