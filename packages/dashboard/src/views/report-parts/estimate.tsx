/** A number, and where it is an estimate how far it may be off. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { REPORT_MESSAGES } from './messages.js';

interface EstimateProps {
  value: number;
  /** Undefined: it is exact. */
  error: number | null | undefined;
  /** How both are written. Default: as numbers. */
  show?(value: number): string;
}

export function Estimate({ value, error, show }: EstimateProps) {
  const messages = useMessages(REPORT_MESSAGES);
  const { format } = useApp();
  const write = show ?? format.number;
  if (error == null) return <>{write(value)}</>;
  return (
    <span title={messages.estimate}>
      {write(value)} <span class="soft">± {write(error)}</span>
    </span>
  );
}
