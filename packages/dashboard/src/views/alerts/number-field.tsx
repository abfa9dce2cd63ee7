/** A number that is typed. */

interface NumberFieldProps {
  label: string;
  value: string;
  /** Default 0. */
  min?: number;
  max: number;
  /** Default 1: whole numbers. */
  step?: number | 'any';
  set(value: string): void;
}

export const NumberField = ({ label, value, min = 0, max, step = 1, set }: NumberFieldProps) => (
  <label>
    {label}
    <input
      type="number"
      inputMode="decimal"
      required
      min={min}
      max={max}
      step={step}
      value={value}
      onInput={({ currentTarget }) => set(currentTarget.value)}
    />
  </label>
);
