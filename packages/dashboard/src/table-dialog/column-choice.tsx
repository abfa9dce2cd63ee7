/** Which numbers a table shows: kept in the URL, in their usual order. */
import type { Breakdown } from '@liveinsight/schema';
import { Popover } from '../components/popover.js';
import { useMetricName } from '../components/row-columns.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { metricsOf, type RowMetric } from '../series/row-metrics.js';

export function ColumnChoice({ by, chosen }: { by: Breakdown; chosen: readonly RowMetric[] }) {
  const messages = useMessages(TABLE_MESSAGES);
  const name = useMetricName();
  const { go } = useApp();
  const change = (metric: RowMetric, isOn: boolean) => {
    const next = metricsOf(by).filter((one) => (one === metric ? isOn : chosen.includes(one)));
    go({ own: { columns: next.join(',') || null, sort: null, order: null } }, 'replace');
  };
  return (
    <Popover class="column-choice" label={messages.columns} title={messages.columns}>
      {() => (
        <ul class="check-list">
          {metricsOf(by).map((metric) => (
            <li key={metric}>
              <label class="toggle">
                <input
                  type="checkbox"
                  checked={chosen.includes(metric)}
                  disabled={chosen.length === 1 && chosen.includes(metric)}
                  onChange={({ currentTarget }) => change(metric, currentTarget.checked)}
                />
                {name(metric)}
              </label>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
