/** A row of numbers with their names. */
export const Figures = ({
  label,
  figures,
}: {
  label: string;
  figures: readonly (readonly [string, string])[];
}) => (
  <dl class="figure-row" aria-label={label}>
    {figures.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
