/** A row of numbers with their names. */
export const StatCards = ({
  label,
  stats,
}: {
  label: string;
  stats: readonly (readonly [string, string])[];
}) => (
  <dl class="figure-row" aria-label={label}>
    {stats.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
