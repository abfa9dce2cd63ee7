/** The numbers of the period; each chooses what the chart draws. */
import type { StatsData } from '@liveinsight/schema';
import { useApp } from '../../app/context.js';
import { LiveNumber } from '../../parts/live-number.js';
import {
  changeOf,
  currenciesOf,
  isMetric,
  METRIC_NAMES,
  type Metric,
  type Money,
  metricOf,
  showMetric,
  tellsGood,
  withoutRate,
} from '../../series/metrics.js';
import { METRIC_WORDS } from '../../words/metric-names.js';
import { useWords } from '../../words/use-words.js';
import { OVER_TIME } from './words.js';

interface TotalCardsProps {
  data: StatsData;
  chosen: Metric;
  money: Money;
}

export function TotalCards({ data, chosen, money }: TotalCardsProps) {
  const words = useWords(OVER_TIME);
  const names = useWords(METRIC_WORDS);
  const { go, format } = useApp();
  const hasRevenue = currenciesOf(data).length > 0 || data.totals.revenue === null;
  const shown = METRIC_NAMES.filter((metric) => metric !== 'revenue' || hasRevenue || chosen === metric);
  const choose = (metric: string) => isMetric(metric) && go({ own: { metric } }, 'replace');
  return (
    <section class="totals" aria-label={words.totals}>
      {shown.map((metric) => {
        const value = metricOf(data.totals, metric, money);
        // A part of the period is nothing to compare.
        const before =
          data.previous && !data.known_from ? metricOf(data.previous.totals, metric, money) : null;
        const show = showMetric(metric, format, money.currency);
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
            {metric === 'revenue' && <Amounts data={data} money={money} />}
            {data.previous && <Change metric={metric} now={value} before={before} show={show} />}
          </button>
        );
      })}
    </section>
  );
}

/** What came in besides: in each currency by itself, and what a sum in the reporting currency lacks. */
function Amounts({ data, money }: Pick<TotalCardsProps, 'data' | 'money'>) {
  const words = useWords(OVER_TIME);
  const { format } = useApp();
  const currencies = currenciesOf(data);
  const { revenue } = data.totals;
  const others = money.rates ? currencies : currencies.filter((currency) => currency !== money.currency);
  if (!revenue || others.length === 0) return null;
  const lacking = withoutRate(currencies, money);
  return (
    <span class="amounts">
      {others.map((currency) => (
        <span key={currency}>{format.money(revenue[currency] ?? 0, currency)}</span>
      ))}
      {lacking.length > 0 && <span>{words.no_rate(lacking.join(', '))}</span>}
    </span>
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
