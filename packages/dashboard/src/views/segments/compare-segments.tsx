/** The numbers of two segments of the same time, beside each other. */
import type { SavedSegment, StatsData } from '@liveinsight/schema';
import { Chart } from '../../components/chart.js';
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import {
  changeTone,
  isMetric,
  listCurrencies,
  METRIC_NAMES,
  METRICS,
  metricTicks,
  metricValue,
  relativeChange,
  resolveMoney,
  showMetric,
} from '../../series/metrics.js';
import { describeChange } from '../report-parts/change.js';
import { SEGMENTS } from './messages.js';

/** In place of the second one: everybody. */
const ALL = '';

export function CompareSegments({ segments }: { segments: readonly SavedSegment[] }) {
  const messages = useMessages(SEGMENTS);
  const { urlState, go } = useApp();
  const has = (id: string | undefined) => segments.some((segment) => segment.id === id);
  const first = has(urlState.own.first) ? (urlState.own.first ?? ALL) : (segments[0]?.id ?? ALL);
  const { second = segments[1]?.id ?? ALL } = urlState.own;
  const query = useUrlQuery();
  const ofSegment = (id: string) => ({
    ...query,
    segment: [query.segment ?? [], id].flat().filter(Boolean),
    breakdown: '',
  });
  const result = useQuery('/stats', ofSegment(first));
  const other = useQuery('/stats', ofSegment(has(second) ? second : ALL));
  const nameOf = (id: string) => segments.find((segment) => segment.id === id)?.name ?? messages.all;
  const choice = (name: 'first' | 'second', chosen: string) => (
    <label>
      {messages[name]}{' '}
      <select
        value={chosen}
        onChange={({ currentTarget }) => go({ own: { [name]: currentTarget.value } }, 'replace')}
      >
        {name === 'second' && <option value={ALL}>{messages.all}</option>}
        {segments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Panel title={messages.compare}>
      <p class="picks">
        {choice('first', first)}
        {choice('second', has(second) ? second : ALL)}
      </p>
      <QueryState result={result} lines={8}>
        {(data) => (
          <QueryState result={other} lines={8}>
            {(compared) => <Both data={data} compared={compared} names={[nameOf(first), nameOf(second)]} />}
          </QueryState>
        )}
      </QueryState>
    </Panel>
  );
}

interface BothProps {
  data: StatsData;
  compared: StatsData;
  names: readonly [first: string, second: string];
}

function Both({ data, compared, names: [first, second] }: BothProps) {
  const messages = useMessages(SEGMENTS);
  const metricNames = useMessages(METRIC_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, format, site } = useApp();
  const metric = isMetric(urlState.own.metric) ? urlState.own.metric : 'sessions';
  const currencies = [...new Set([data, compared].flatMap(listCurrencies))];
  const money = resolveMoney(currencies, site, urlState.own.currency);
  const [now, before] = [data.series, compared.series].map((series) =>
    series.map((point) => metricValue(point, metric, money)),
  );
  const largest = Math.max(0, ...[...(now ?? []), ...(before ?? [])].map((value) => value ?? 0));
  return (
    <>
      <Notes of={data} />
      {JSON.stringify(compared.note_codes) !== JSON.stringify(data.note_codes) && <Notes of={compared} />}
      <p class="soft segment-key">
        <span class="key-first" /> <bdi>{first}</bdi> <span class="key-second" /> <bdi>{second}</bdi> ·{' '}
        {metricNames[metric]}
      </p>
      <Chart
        label={metricNames[metric]}
        points={data.series.map((point, index) => ({
          name: format.interval(point.start, data.interval),
          wholeName: format.fullInterval(point.start, data.interval),
          value: now?.[index] ?? null,
          incomplete: point.incomplete,
          before: before?.[index],
          beforeName: second,
        }))}
        ticks={metricTicks(metric, largest)}
        show={showMetric(metric, format, money.currency)}
        incomplete={shell.incomplete}
        unknown={data.known_from && shell.not_known_before(format.moment(data.known_from))}
      />
      <DataTable
        class="segment-numbers"
        name={messages.compare}
        rows={METRIC_NAMES.map((name) => {
          const values = [data, compared].map(({ totals }) => metricValue(totals, name, money));
          return { name, one: values[0] ?? null, two: values[1] ?? null };
        })}
        rowKey={({ name }) => name}
        maxRows={METRIC_NAMES.length}
        columns={[
          { id: 'metric', label: messages.metric, value: ({ name }) => metricNames[name] },
          {
            id: 'one',
            label: first,
            isNumber: true,
            value: ({ one }) => one,
            show: ({ name, one }) => (one === null ? '–' : showMetric(name, format, money.currency)(one)),
          },
          {
            id: 'two',
            label: second,
            isNumber: true,
            value: ({ two }) => two,
            show: ({ name, two }) => (two === null ? '–' : showMetric(name, format, money.currency)(two)),
          },
          {
            id: 'difference',
            label: messages.difference,
            isNumber: true,
            value: ({ one, two }) => relativeChange(one, two) ?? null,
            show: ({ name, one, two }) => {
              const change = relativeChange(one, two);
              if (change === undefined) return '–';
              const { text } = describeChange(change, undefined, format);
              // A segment is not worse for being smaller.
              const isSize = ['count', 'money'].includes(METRICS[name].kind);
              const tone = isSize ? 'neither' : changeTone(name, change);
              return <span class={`change ${tone}`}>{text}</span>;
            },
          },
        ]}
      />
    </>
  );
}
