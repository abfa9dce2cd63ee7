/** One event: how often, by whom, over time, and its properties by value. */
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { Notes } from '../../components/notes.js';
import { QueryState } from '../../components/query-states.js';
import { SeriesChart } from '../../components/series-chart.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { valueLabel } from '../../i18n/value-label.js';
import { compareQuery } from '../../url-state/compare.js';
import { withValue } from '../../url-state/url-state.js';
import { relative } from '../report-parts/change.js';
import { Figures } from '../report-parts/figures.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { EventProperties } from './event-properties.js';
import { EVENTS } from './messages.js';

interface EventDetailsProps {
  event: string;
  /** Its numbers by name, with visitors; absent where it was not sent in the range. */
  row: BreakdownRow | undefined;
}

export function EventDetails({ event, row }: EventDetailsProps) {
  const messages = useMessages(EVENTS);
  const { urlState, format, hrefTo, language } = useApp();
  const query = { ...useUrlQuery(), ...compareQuery(urlState.compare) };
  const result = useQuery('/stats', { ...query, goal: `event:${event}`, breakdown: '' });
  const name = valueLabel('event_name', event, language, format);
  return (
    <section class="event-details" aria-label={name}>
      <header class="event-head">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <a href={hrefTo({ view: 'sessions', filters: withValue(urlState.filters, 'event_name', event) })}>
          {messages.see_sessions}
        </a>
        <a href={hrefTo({ view: 'goals', own: { make: `event:${event}` } })}>{messages.make_goal}</a>
      </header>
      <QueryState result={result} lines={8}>
        {(data) => <Numbers data={data} row={row} name={name} />}
      </QueryState>
      <EventProperties event={event} />
    </section>
  );
}

function Numbers({ data, row, name }: { data: StatsData; row: BreakdownRow | undefined; name: string }) {
  const messages = useMessages(EVENTS);
  const report = useMessages(REPORT_MESSAGES);
  const { format } = useApp();
  const { totals, previous, standard_errors } = data;
  const visitors = row?.visitors;
  const show = (value: number | null | undefined) => (value == null ? null : format.number(value));
  const error = standard_errors?.conversions;
  return (
    <>
      <Notes of={data} without={['compared_incomplete']} />
      <Figures
        label={name}
        figures={[
          {
            name: messages.count,
            definition: messages.count_means,
            value: show(totals.conversions),
            change: relative(totals.conversions, previous?.totals.conversions),
            error: error == null ? undefined : format.number(error),
          },
          {
            name: report.visitors,
            definition: report.visitors_means,
            value: show(visitors),
            change: relative(visitors, row?.previous?.visitors),
          },
          {
            name: messages.rate,
            definition: messages.rate_means,
            value: totals.conversion_rate === null ? null : format.percent(totals.conversion_rate),
            change: relative(totals.conversion_rate, previous?.totals.conversion_rate),
          },
          {
            name: messages.per_visitor,
            definition: messages.per_visitor_means,
            value: row && visitors ? format.number(row.events / visitors) : null,
          },
        ]}
      />
      <SeriesChart
        title={messages.over_time(name)}
        interval={data.interval}
        to={data.to}
        points={data.series.map((point) => ({ ...point, value: point.conversions }))}
        before={previous?.series.map((point) => ({ ...point, value: point.conversions }))}
        knownFrom={data.known_from}
      />
    </>
  );
}
