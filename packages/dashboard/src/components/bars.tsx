/** Counts of equal time buckets as bars: the largest and the newest have labels. */

export interface Bar {
  /** What is said of it. */
  name: string;
  value: number;
}

interface BarsProps {
  id?: string;
  label: string;
  bars: readonly Bar[];
  /** How high the tallest is at least: a quiet time looks quiet. */
  least?: number;
  class?: string;
}

export function Bars({ id, label, bars, least = 4, class: name = '' }: BarsProps) {
  const largest = Math.max(least, ...bars.map(({ value }) => value));
  const newest = bars.length - 1;
  return (
    <svg
      {...(id ? { id } : {})}
      class={`bars ${name}`}
      viewBox={`0 0 ${bars.length} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map((bar, at) => {
        const height = bar.value > 0 ? Math.max(2, (100 * bar.value) / largest) : 0;
        return (
          <g key={at} class={at === newest ? 'newest' : ''}>
            <title>{bar.name}</title>
            <rect class="reach" x={at} y={0} width={1} height={100} />
            <rect x={at + 0.1} y={100 - height} width={0.8} height={height} />
          </g>
        );
      })}
    </svg>
  );
}
