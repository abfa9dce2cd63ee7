/** The numbers of the period; each chooses what the chart draws. */
import type { StatsData } from '@liveinsight/schema';
import { LiveNumber } from '../../components/live-number.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import {
  changeTone,
  isMetric,
  listCurrencies,
  METRIC_NAMES,
  type Metric,
  type Money,
  metricValue,
  relativeChange,
  showMetric,
  withoutRate,
} from '../../series/metrics.js';
import { OVERVIEW } from './messages.js';

interface TotalCardsProps {
  data: StatsData;
  chosen: Metric;
  money: Money;
}

export function TotalCards({ data, chosen, money }: TotalCardsProps) {
  const messages = useMessages(OVERVIEW);
  const names = useMessages(METRIC_MESSAGES);
  const { go, format } = useApp();
  const hasRevenue = listCurrencies(data).length > 0 || data.totals.revenue === null;
  const shown = METRIC_NAMES.filter((metric) => metric !== 'revenue' || hasRevenue || chosen === metric);
  const choose = (metric: string) => isMetric(metric) && go({ own: { metric } }, 'replace');
  return (
    <section class="totals" aria-label={messages.totals}>
      {shown.map((metric) => {
        const value = metricValue(data.totals, metric, money);
        // A part of the period is nothing to compare.
        const before =
          data.previous && !data.known_from ? metricValue(data.previous.totals, metric, money) : null;
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
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  const currencies = listCurrencies(data);
  const { revenue } = data.totals;
  const others = money.rates ? currencies : currencies.filter((currency) => currency !== money.currency);
  if (!revenue || others.length === 0) return null;
  const lacking = withoutRate(currencies, money);
  return (
    <span class="amounts">
      {others.map((currency) => (
        <span key={currency}>{format.money(revenue[currency] ?? 0, currency)}</span>
      ))}
      {lacking.length > 0 && <span>{messages.no_rate(lacking.join(', '))}</span>}
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
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  const change = relativeChange(now, before);
  const was = before == null ? '' : messages.was(show(before));
  if (change === undefined) return <span class="change neither">{was ? `– (${was})` : '–'}</span>;
  return (
    <span class={`change ${changeTone(metric, change)}`} title={was}>
      {Math.abs(change) < 0.005
        ? messages.same
        : `${change > 0 ? '↑' : '↓'} ${format.percent(Math.abs(change))}`}
      <span class="hidden-text">{was}</span>
    </span>
  );
}
