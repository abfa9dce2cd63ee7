/** The numbers that a report is about, each with its definition and how it changed. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { describeChange } from './change.js';
import { REPORT_MESSAGES } from './messages.js';
import { Term } from './term.js';

export interface Figure {
  name: string;
  definition: string;
  /** As it is shown; null: not known. */
  value: string | null;
  /** Relative to the compared period; undefined: not compared, or nothing to compare with. */
  change?: number | undefined;
  better?: 'more' | 'less';
  /** How far an estimate may be off, as it is shown. */
  error?: string | undefined;
  /** Under the value. */
  hint?: string | undefined;
}

export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <dl class="report-figures" aria-label={label}>
      {figures.map((figure) => (
        <div key={figure.name}>
          <dt>
            <Term name={figure.name} definition={figure.definition} />
          </dt>
          <dd>
            <Value {...figure} />
          </dd>
          {figure.hint && <dd class="hint">{figure.hint}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Value({ value, change, better, error }: Figure) {
  const messages = useMessages(REPORT_MESSAGES);
  return (
    <>
      <b>{value ?? '–'}</b>
      {error !== undefined && (
        <span class="soft" title={messages.estimate}>
          {' '}
          ± {error}
        </span>
      )}
      {change !== undefined && <Change change={change} better={better} />}
    </>
  );
}

export function Change({ change, better }: { change: number; better?: 'more' | 'less' | undefined }) {
  const { format } = useApp();
  const { text, tone } = describeChange(change, better, format);
  return <span class={`change ${tone}`}> {text}</span>;
}
