/** A longest time, of some that are usual. */
import { useMessages } from '../../hooks/use-messages.js';
import { FUNNELS } from './messages.js';

const USUAL = ['30s', '1m', '5m', '10m', '30m', '1h', '1d', '7d'];

interface WithinFieldProps {
  label: string;
  value: string;
  change(value: string): void;
}

export function WithinField({ label, value, change }: WithinFieldProps) {
  const messages = useMessages(FUNNELS);
  const times = value === '' || USUAL.includes(value) ? USUAL : [value, ...USUAL];
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
      <option value="">{messages.any_time}</option>
      {times.map((time) => (
        <option key={time} value={time}>
          {messages.units(time.slice(0, -1), time.slice(-1))}
        </option>
      ))}
    </select>
  );
}
