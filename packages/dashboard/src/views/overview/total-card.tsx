/** One number: what it is, how it changed, its course, and the way to the sessions behind it. */
import type { StatsData } from '@liveinsight/schema';
import { LiveNumber } from '../../components/live-number.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import {
  changeTone,
  listCurrencies,
  type Metric,
  type Money,
  metricValue,
  relativeChange,
  showMetric,
  withoutRate,
} from '../../series/metrics.js';
import { OVERVIEW } from './messages.js';
import { Sparkline } from './sparkline.js';

export interface TotalCardsProps {
  data: StatsData;
  chosen: Metric;
  money: Money;
}

interface TotalCardProps extends TotalCardsProps {
  metric: Metric;
  /** Absent: it cannot be changed here. */
  pin?: { isOn: boolean; change(): void } | undefined;
}

export function TotalCard({ metric, data, chosen, money, pin }: TotalCardProps) {
  const messages = useMessages(OVERVIEW);
  const names = useMessages(METRIC_MESSAGES);
  const { go, format } = useApp();
  const value = metricValue(data.totals, metric, money);
  // A part of the period is nothing to compare.
  const before = data.previous && !data.known_from ? metricValue(data.previous.totals, metric, money) : null;
  const show = showMetric(metric, format, money.currency);
  const name = names[metric];
  return (
    <div class={metric === chosen ? 'figure chosen' : 'figure'}>
      <button
        type="button"
        class="total"
        data-metric={metric}
        aria-pressed={metric === chosen}
        onClick={() => go({ own: { metric } }, 'replace')}
      >
        <span class="total-name">{name}</span>
        <span class="total-line">
          <LiveNumber class="total-value" text={value === null ? '–' : show(value)} />
          {data.previous && <Change metric={metric} now={value} before={before} show={show} />}
        </span>
        {metric === 'revenue' && <Amounts data={data} money={money} />}
        <Sparkline values={data.series.map((point) => metricValue(point, metric, money))} />
      </button>
      {pin && (
        <button
          type="button"
          class="pin"
          aria-pressed={pin.isOn}
          aria-label={messages.pin(name)}
          title={messages.pin(name)}
          onClick={pin.change}
        >
          {pin.isOn ? '★' : '☆'}
        </button>
      )}
    </div>
  );
}

/** What came in besides: in each currency by itself, and what a sum in the reporting currency lacks. */
function Amounts({ data, money }: { data: StatsData; money: Money }) {
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

/** More than this many times as much reads as a factor. */
const MAX_PERCENT_CHANGE = 9.99;

function Change({ metric, now, before, show }: ChangeProps) {
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  const change = relativeChange(now, before);
  const was = before == null ? '' : messages.was(show(before));
  if (change === undefined) return <span class="change neither">{was ? `– (${was})` : '–'}</span>;
  const size =
    change > MAX_PERCENT_CHANGE ? `×${format.number(change + 1)}` : format.percent(Math.abs(change));
  return (
    <span class={`change ${changeTone(metric, change)}`} title={was}>
      {Math.abs(change) < 0.005 ? messages.same : `${change > 0 ? '↑' : '↓'} ${size}`}
      <span class="hidden-text"> {was}</span>
    </span>
  );
}
