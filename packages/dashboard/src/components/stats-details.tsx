/** Numbers, one chart and some breakdowns of what a question narrows down: a source, an hour. */
import type { Breakdown, Interval, StatsData } from '@liveinsight/schema';
import type { Query } from '../api/client.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { METRIC_MESSAGES } from '../i18n/metric-names.js';
import { listCurrencies, showMetric } from '../series/metrics.js';
import { ROWS } from '../series/row-count.js';
import { BreakdownPanel } from './breakdown-panel.js';
import { Notes } from './notes.js';
import { QueryState } from './query-states.js';
import { SeriesChart } from './series-chart.js';
import { StatCards } from './stat-cards.js';

const SHOWN = [
  'visitors',
  'sessions',
  'page_views',
  'events',
  'conversions',
  'conversion_rate',
  'bounce_rate',
] as const;

interface StatsDetailsProps {
  /** What the numbers are of. */
  label: string;
  query: Query;
  interval?: Interval;
  drawn: 'sessions' | 'page_views';
  breakdowns: readonly Breakdown[];
  /** Of breakdowns that are called otherwise here. */
  titles?: Partial<Record<Breakdown, string>>;
  everyMs?: number | undefined;
}

export function StatsDetails(props: StatsDetailsProps) {
  const { query, interval, breakdowns, everyMs } = props;
  const question = { ...query, interval, breakdown: [...breakdowns], limit: ROWS };
  const result = useQuery('/stats', question, everyMs === undefined ? {} : { everyMs });
  return (
    <QueryState result={result} lines={10}>
      {(data) => <Numbers data={data} {...props} />}
    </QueryState>
  );
}

function Numbers({
  data,
  label,
  drawn,
  query,
  breakdowns,
  titles = {},
}: StatsDetailsProps & { data: StatsData }) {
  const names = useMessages(BREAKDOWN_NAMES);
  const metrics = useMessages(METRIC_MESSAGES);
  const { format } = useApp();
  const { totals } = data;
  const stats: [string, string][] = [
    ...SHOWN.map((metric): [string, string] => {
      const value = totals[metric];
      return [metrics[metric], value === null ? '–' : showMetric(metric, format, '')(value)];
    }),
    ...(totals.revenue && listCurrencies(data).length > 0
      ? [[metrics.revenue, format.moneys(totals.revenue)] as [string, string]]
      : []),
  ];
  return (
    <>
      <Notes of={data} />
      <StatCards label={label} stats={stats} />
      <SeriesChart
        title={metrics[drawn]}
        interval={data.interval}
        to={data.to}
        points={data.series.map((point) => ({ ...point, value: point[drawn] }))}
        knownFrom={data.known_from}
      />
      <div class="columns">
        {breakdowns.map((by) => (
          <BreakdownPanel key={by} title={titles[by] ?? names[by]} by={by} data={data} query={query} />
        ))}
      </div>
    </>
  );
}
