/** The numbers of the period; each chooses what the chart draws. */
import type { StatsData } from '@liveinsight/schema';
import { useApp } from '../../app/context.js';
import { LiveNumber } from '../../parts/live-number.js';
import {
  changeOf,
  isMetric,
  METRIC_NAMES,
  type Metric,
  mainCurrency,
  metricOf,
  showMetric,
  tellsGood,
} from '../../series/metrics.js';
import { METRIC_WORDS } from '../../words/metric-names.js';
import { useWords } from '../../words/use-words.js';
import { OVER_TIME } from './words.js';

export function TotalCards({ data, chosen }: { data: StatsData; chosen: Metric }) {
  const words = useWords(OVER_TIME);
  const names = useWords(METRIC_WORDS);
  const { go, format } = useApp();
  const currency = mainCurrency(data);
  const hasRevenue = currency !== '' || data.totals.revenue === null;
  const shown = METRIC_NAMES.filter((metric) => metric !== 'revenue' || hasRevenue || chosen === metric);
  const choose = (metric: string) => isMetric(metric) && go({ own: { metric } }, 'replace');
  return (
    <section class="totals" aria-label={words.totals}>
      {shown.map((metric) => {
        const value = metricOf(data.totals, metric, currency);
        // A part of the period is nothing to compare.
        const before =
          data.previous && !data.known_from ? metricOf(data.previous.totals, metric, currency) : null;
        const show = showMetric(metric, format, currency);
        return (
          <button
            key={metric}
            type="button"
            class="total"
            data-metric={metric}
            aria-pressed={metric === chosen}
            onClick={() => choose(metric)}
          >
            <span class="total-name">{names[metric]}</span>
            <LiveNumber class="total-value" text={value === null ? '–' : show(value)} />
            {data.previous && <Change metric={metric} now={value} before={before} show={show} />}
          </button>
        );
      })}
    </section>
  );
}

interface ChangeProps {
  metric: Metric;
  now: number | null;
  before: number | null | undefined;
  show(value: number): string;
}

function Change({ metric, now, before, show }: ChangeProps) {
  const words = useWords(OVER_TIME);
  const { format } = useApp();
  const change = changeOf(now, before);
  const was = before == null ? '' : words.was(show(before));
  if (change === undefined) return <span class="change neither">{was || '–'}</span>;
  return (
    <span class={`change ${tellsGood(metric, change)}`} title={was}>
      {Math.abs(change) < 0.005
        ? words.same
        : `${change > 0 ? '↑' : '↓'} ${format.percent(Math.abs(change))}`}
      <span class="hidden-text">{was}</span>
    </span>
  );
}
