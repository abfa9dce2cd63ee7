/** What happened over a range of time: totals, one chart, and where it comes from. */
import './over-time.css';
import type { Breakdown, StatsData } from '@liveinsight/schema';
import { endsNow } from '../../address/range.js';
import type { Query } from '../../api/client.js';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { ROWS } from '../../parts/breakdown-table.js';
import { FilterChips } from '../../parts/filter-chips.js';
import { Notes } from '../../parts/notes.js';
import { RangePicker } from '../../parts/range-picker.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { Answered } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { currenciesOf, isMetric, moneyOf } from '../../series/metrics.js';
import { useWords } from '../../words/use-words.js';
import { BreakdownPanel } from './breakdown-panel.js';
import { chosenOf, GROUPS } from './groups.js';
import { HourGrid } from './hour-grid.js';
import { NotTaken } from './not-taken.js';
import { TimeChart } from './time-chart.js';
import { TotalCards } from './total-cards.js';
import { OVER_TIME } from './words.js';

const ASK_EVERY_MS = 60_000;

export function OverTime() {
  const words = useWords(OVER_TIME);
  const { address } = useApp();
  const breakdowns: Breakdown[] = [...GROUPS.map(({ id }) => chosenOf(id, address.own)), 'hour_of_week'];
  const query = {
    ...useQuery(),
    compare: address.compare ? 'previous' : undefined,
    interval: address.own.interval,
    breakdown: breakdowns,
    limit: ROWS,
  };
  const answer = useRead('/stats', query, endsNow(address.range) ? { everyMs: ASK_EVERY_MS } : {});
  return (
    <div class="over-time">
      <ViewHead title={words.title} note={<AsOf data={answer.data} />}>
        <RangePicker />
      </ViewHead>
      <FilterChips />
      <Answered answer={answer} lines={12}>
        {(data) => <Numbers data={data} query={query} />}
      </Answered>
      <NotTaken />
      <SessionPanel />
    </div>
  );
}

function Numbers({ data, query }: { data: StatsData; query: Query }) {
  const { address, site } = useApp();
  const money = moneyOf(currenciesOf(data), site, address.own.currency);
  const metric = isMetric(address.own.metric) ? address.own.metric : 'visitors';
  return (
    <>
      <Notes of={data} />
      <TotalCards data={data} chosen={metric} money={money} />
      <Compared data={data} />
      <TimeChart data={data} metric={metric} money={money} />
      <div class="breakdowns">
        {GROUPS.map(({ id }) => (
          <BreakdownPanel key={id} group={id} data={data} query={query} />
        ))}
        <HourGrid rows={data.breakdowns.hour_of_week} />
      </div>
    </>
  );
}

/** With what the numbers are compared: of a period that is not over, with as much of the one before. */
function Compared({ data: { previous, as_of, to } }: { data: StatsData }) {
  const words = useWords(OVER_TIME);
  const { format } = useApp();
  if (!previous) return null;
  const [from, until] = [format.moment(previous.from), format.moment(previous.to)];
  if (previous.known_from)
    return (
      <p class="soft" id="compared">
        {words.not_comparable(from, until)}
      </p>
    );
  return (
    <p class="soft" id="compared">
      {words.compared(from, until)}
      {as_of < to && ` ${words.so_far(format.moment(as_of))}`}
    </p>
  );
}

function AsOf({ data }: { data: StatsData | undefined }) {
  const words = useWords(OVER_TIME);
  const { format } = useApp();
  return (
    <p class="soft" id="as-of">
      {data && words.as_of(format.moment(data.as_of))}
    </p>
  );
}
