/** What happened over a range of time: totals, one chart, and where it comes from. */
import './overview.css';
import type { StatsData } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { lazy } from '../../components/lazy.js';
import { Notes } from '../../components/notes.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { isMetric, listCurrencies, resolveMoney } from '../../series/metrics.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { TableDialogOutlet } from '../../table-dialog/outlet.js';
import { endsNow } from '../../url-state/range.js';
import { EmptyOverview } from './empty-overview.js';
import { GroupPanel } from './group-panel.js';
import { GROUPS } from './groups.js';
import { HourGrid } from './hour-grid.js';
import { OVERVIEW } from './messages.js';
import { overviewQuery } from './query.js';
import { ShortenRange } from './shorten-range.js';
import { OverviewSkeleton } from './skeleton.js';
import { TimeChart } from './time-chart.js';
import { TotalCards } from './total-cards.js';

const POLL_MS = 60_000;

const polls = (range: string) => (endsNow(range) ? { everyMs: POLL_MS } : {});

const RejectedEvents = lazy(async () => (await import('./rejected-events.js')).RejectedEvents);

/** Said below the figures, or of a comparison that the reader did not choose. */
const SAID_ELSEWHERE = ['compared_incomplete'] as const;
const OF_COMPARISON = [...SAID_ELSEWHERE, 'compared_rows_cut'] as const;

export function Overview() {
  const messages = useMessages(OVERVIEW);
  const { urlState, site, timezone } = useApp();
  const query = overviewQuery(urlState, site.id, timezone, Date.now());
  const result = useQuery('/stats', query, polls(urlState.range));
  return (
    <div class="overview">
      <ViewHeader title={messages.title} note={<AsOf data={result.data} />} />
      <QueryState result={result} skeleton={<OverviewSkeleton />}>
        {(data) => <Numbers data={data} query={query} />}
      </QueryState>
      {result.data && <RejectedEvents />}
      <TableDialogOutlet query={query} />
      <SessionPanel />
    </div>
  );
}

function Numbers({ data, query }: { data: StatsData; query: Query }) {
  const { urlState, site } = useApp();
  const hours = useUrlQuery();
  const money = resolveMoney(listCurrencies(data), site, urlState.own.currency);
  const metric = isMetric(urlState.own.metric) ? urlState.own.metric : 'visitors';
  // A filter that nothing passes says so by zeros: what it excludes is known.
  const isEmpty = data.totals.events === 0 && !data.known_from && urlState.filters.length === 0;
  if (isEmpty) return <EmptyOverview />;
  return (
    <>
      <Notes of={data} without={urlState.compare ? SAID_ELSEWHERE : OF_COMPARISON} />
      <ShortenRange knownFrom={data.known_from} to={data.to} />
      <TotalCards data={data} chosen={metric} money={money} />
      {urlState.compare && <Compared data={data} />}
      <TimeChart data={data} metric={metric} money={money} />
      <div class="breakdowns">
        {GROUPS.map(({ id }) => (
          <GroupPanel key={id} group={id} data={data} query={query} />
        ))}
        <HourGrid query={hours} {...polls(urlState.range)} />
      </div>
    </>
  );
}

/** With what the numbers are compared: of a period that is not over, with as much of the one before. */
function Compared({ data: { previous, as_of, to } }: { data: StatsData }) {
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  if (!previous) return null;
  const [from, until] = [format.moment(previous.from), format.moment(previous.to)];
  if (previous.known_from)
    return (
      <p class="soft" id="compared">
        {messages.not_comparable(from, until)}
      </p>
    );
  return (
    <p class="soft" id="compared">
      {messages.compared(from, until)}
      {as_of < to && ` ${messages.so_far(format.moment(as_of))}`}
    </p>
  );
}

function AsOf({ data }: { data: StatsData | undefined }) {
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  return (
    <p class="soft" id="as-of">
      {data && messages.as_of(format.moment(data.as_of))}
    </p>
  );
}
