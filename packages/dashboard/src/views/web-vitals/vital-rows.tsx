/** Where a web vital is poor: by how many page loads are, so that what hardly anybody sees does not lead. */
import type { Breakdown, WebVital, WebVitalsRow } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { DataTable } from '../../components/data-table.js';
import { Empty } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { ValueLink } from '../report-parts/value-link.js';
import { VITALS } from './messages.js';
import { Spread } from './vital-card.js';
import { showVital } from './vital-value.js';

/** Of fewer page loads the 75th percentile says little. */
const LEAST = 30;

interface VitalRowsProps {
  metric: WebVital['metric'];
  by: Breakdown;
  rows: readonly WebVitalsRow[];
}

export function VitalRows({ metric, by, rows }: VitalRowsProps) {
  const messages = useMessages(VITALS);
  const names = useMessages(BREAKDOWN_NAMES);
  const { format, language } = useApp();
  const [isWhole, setWhole] = useState(false);
  const all = rows
    .flatMap(({ value, metrics }) => {
      const vital = metrics.find((one) => one.metric === metric);
      return vital ? [{ value, vital, harm: vital.count * vital.poor }] : [];
    })
    .sort((a, b) => b.harm - a.harm || b.vital.count - a.vital.count);
  const enough = all.filter(({ vital }) => vital.count >= LEAST);
  const shown = isWhole ? all : enough;
  const fewer = all.length - enough.length;
  const least = format.number(LEAST);
  return (
    <>
      <p class="soft">{messages.order(isWhole ? '1' : least)}</p>
      {shown.length === 0 ? (
        <Empty title={messages.none_rows(least)} />
      ) : (
        <DataTable
          name={names[by]}
          rows={shown}
          rowKey={({ value }) => value}
          maxRows={15}
          bars="harm"
          columns={[
            {
              id: 'value',
              label: names[by],
              value: ({ value }) => valueLabel(by, value, language, format),
              show: ({ value }) => <ValueLink by={by} value={value} />,
            },
            {
              id: 'p75',
              label: messages.p75_short,
              value: ({ vital }) => vital.p75,
              show: ({ vital }) => (
                <span class={`rated ${vital.rating ?? ''}`}>{showVital(vital.p75, vital.unit)}</span>
              ),
            },
            { id: 'count', label: messages.samples, value: ({ vital }) => vital.count },
            {
              id: 'harm',
              label: messages.share_poor,
              value: ({ harm }) => harm,
              show: ({ vital }) => format.percent(vital.poor),
            },
            {
              id: 'spread',
              label: messages.metric,
              value: ({ vital }) => vital.good,
              show: ({ vital }) => <Spread vital={vital} />,
            },
          ]}
        />
      )}
      {fewer > 0 && !isWhole && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {messages.few(format.number(fewer), least)}
        </button>
      )}
    </>
  );
}
