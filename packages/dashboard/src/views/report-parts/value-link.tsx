/** A row's value as a filter, with its icon and the links that a breakdown's value has; what stands for many values is text. */
import { RowName } from '../../components/row-name.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { type FilterField, isBreakdown, withValue } from '../../url-state/url-state.js';
import { REPORT_MESSAGES } from './messages.js';

export function ValueLink({ by, value }: { by: FilterField; value: string }) {
  const report = useMessages(REPORT_MESSAGES);
  const { urlState, go, format, language } = useApp();
  if (value === '(none)') return <span>{report.none}</span>;
  if (isBreakdown(by)) return <RowName by={by} value={value} />;
  const label = valueLabel(by, value, language, format);
  if (value === '(other)') return <span>{label}</span>;
  return (
    <span class="row-name">
      <button
        type="button"
        title={report.filter_by(label)}
        onClick={() => go({ filters: withValue(urlState.filters, by, value) })}
      >
        <bdi>{label}</bdi>
      </button>
    </span>
  );
}
