/** The chosen number over time, with the period before and notes on moments; a point leads into its interval. */
import type { Interval, StatsData } from '@liveinsight/schema';
import { Annotations } from '../../components/annotations.js';
import { Chart, type ChartPoint } from '../../components/chart.js';
import { Panel } from '../../components/panel.js';
import { useChartNotes } from '../../components/use-chart-notes.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { intervalEnds, intervalsFor } from '../../series/intervals.js';
import {
  listCurrencies,
  type Metric,
  type Money,
  metricTicks,
  metricValue,
  showMetric,
} from '../../series/metrics.js';
import { dateAt } from '../../url-state/dates.js';
import { formatRange, instantRange } from '../../url-state/range.js';
import { ChartTools } from './chart-tools.js';
import { OVERVIEW } from './messages.js';

interface TimeChartProps {
  data: StatsData;
  metric: Metric;
  money: Money;
}

export function TimeChart({ data, metric, money }: TimeChartProps) {
  const names = useMessages(METRIC_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, go, format, timezone } = useApp();
  const { series, interval, to, known_from } = data;
  const previous = urlState.compare && data.previous;
  const show = showMetric(metric, format, money.currency);
  const points = series.map((point, at): ChartPoint => {
    const before = previous?.series[at];
    return {
      name: format.interval(point.start, interval),
      wholeName: format.fullInterval(point.start, interval),
      value: metricValue(point, metric, money),
      incomplete: point.incomplete,
      before: before && metricValue(before, metric, money),
      beforeName: before && format.fullInterval(before.start, interval),
    };
  });
  const largest = Math.max(0, ...points.flatMap(({ value, before }) => [value ?? 0, before ?? 0]));
  const starts = series.map(({ start }) => start);
  const ends = intervalEnds(starts, to);
  const { annotations, notes, again } = useChartNotes(starts, to);
  /** Whole days by their dates. */
  const rangeOf = (from: number, until: number) =>
    interval === '5m' || interval === 'hour'
      ? instantRange(from, until)
      : formatRange({ from: dateAt(from, timezone), to: dateAt(until - 1, timezone) });
  const pick = (at: number) => {
    const [from, until] = [Date.parse(starts[at] ?? ''), ends[at] ?? 0];
    if (interval === 'hour') go({ view: 'hour', range: instantRange(from, until) });
    else if (interval !== '5m') go({ range: rangeOf(from, until), own: { interval: null } });
  };
  const zoom = (first: number, last: number) =>
    go({
      range: rangeOf(Date.parse(starts[first] ?? ''), ends[last] ?? 0),
      own: { interval: null },
    });
  return (
    <Panel
      class="main-chart"
      title={names[metric]}
      aside={
        <span class="choices">
          <ChartTools metric={metric} />
          {metric === 'revenue' && <CurrencyChoice data={data} money={money} />}
          <IntervalChoice data={data} />
        </span>
      }
    >
      <Chart
        label={names[metric]}
        points={points}
        ticks={metricTicks(metric, largest)}
        show={show}
        incomplete={shell.incomplete}
        unknown={known_from && shell.not_known_before(format.moment(known_from))}
        notes={notes}
        zoom={zoom}
        {...(interval === '5m' ? {} : { pick })}
      />
      <Annotations annotations={annotations} again={again} />
    </Panel>
  );
}

/** Amounts of several currencies are no sum: one at a time, or all in the site's reporting currency. */
function CurrencyChoice({ data, money }: { data: StatsData; money: Money }) {
  const messages = useMessages(OVERVIEW);
  const { go, site } = useApp();
  const currencies = listCurrencies(data);
  if (currencies.length < 2) return null;
  return (
    <select
      class="interval"
      aria-label={messages.currency}
      value={money.rates ? '' : money.currency}
      onChange={({ currentTarget }) => go({ own: { currency: currentTarget.value || null } }, 'replace')}
    >
      {site.currency !== undefined && <option value="">{messages.all_in(site.currency)}</option>}
      {currencies.map((currency) => (
        <option key={currency} value={currency}>
          {currency}
        </option>
      ))}
    </select>
  );
}

function IntervalChoice({ data }: { data: StatsData }) {
  const messages = useMessages(OVERVIEW);
  const { go } = useApp();
  const fitting = intervalsFor(Date.parse(data.from), Date.parse(data.to));
  const offered: Interval[] = fitting.includes(data.interval) ? fitting : [...fitting, data.interval];
  if (offered.length < 2) return null;
  return (
    <select
      class="interval"
      aria-label={messages.interval}
      value={data.interval}
      onChange={({ currentTarget }) => go({ own: { interval: currentTarget.value } }, 'replace')}
    >
      {offered.map((interval) => (
        <option key={interval} value={interval}>
          {messages[`interval_${interval}`]}
        </option>
      ))}
    </select>
  );
}
