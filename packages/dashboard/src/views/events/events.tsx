/** Which events are sent, one's own and automatic ones apart, and what is in them. */
import '../report-parts/report-parts.css';
import './events.css';
import type { BreakdownRow, PlanData } from '@liveinsight/schema';
import { type Column, DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { Tabs } from '../../components/tabs.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { valueLabel } from '../../i18n/value-label.js';
import { compareQuery } from '../../url-state/compare.js';
import { isAutomatic } from '../report-parts/automatic-events.js';
import { relative } from '../report-parts/change.js';
import { Change } from '../report-parts/figures.js';
import { Lesson } from '../report-parts/lesson.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { EventDetails } from './event-details.js';
import { EVENTS } from './messages.js';
import { PlanDifferences, PlannedAs } from './plan.js';
import { StackedEvents } from './stacked-events.js';

const EXAMPLE = "liveinsight('track', 'signup', { plan: 'pro' });";
const NONE: BreakdownRow[] = [];

export function Events() {
  const messages = useMessages(EVENTS);
  const { urlState } = useApp();
  const query = { ...useUrlQuery(), ...compareQuery(urlState.compare) };
  const result = useQuery('/stats', {
    ...query,
    breakdown: 'event_name',
    columns: 'visitors',
    limit: '1000',
  });
  const { site, from, to, timezone } = query;
  const { data: plan } = useQuery('/plan', { site, from, to, timezone });
  const { event } = urlState.own;
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <QueryState result={result} lines={12}>
        {(data) => {
          const rows = data.breakdowns.event_name ?? NONE;
          const own = rows.filter(({ value }) => isNamed(value) && !isAutomatic(value));
          const shown = event ?? own[0]?.value;
          return (
            <>
              <Notes of={data} />
              {own.length > 1 && <StackedEvents rows={own} />}
              <div class="events-parts">
                <EventList rows={rows} shown={shown} plan={plan} />
                {shown !== undefined && (
                  <EventDetails key={shown} event={shown} row={rows.find(({ value }) => value === shown)} />
                )}
              </div>
            </>
          );
        }}
      </QueryState>
    </div>
  );
}

const isNamed = (event: string): boolean => event !== '(other)';

interface EventListProps {
  rows: readonly BreakdownRow[];
  shown: string | undefined;
  plan: PlanData | undefined;
}

function EventList({ rows, shown, plan }: EventListProps) {
  const messages = useMessages(EVENTS);
  const report = useMessages(REPORT_MESSAGES);
  const { urlState, format, go, hrefTo, language } = useApp();
  const kind =
    urlState.own.kind === 'automatic' || (shown !== undefined && isAutomatic(shown)) ? 'automatic' : 'own';
  const listed = rows.filter(({ value }) => isAutomatic(value) === (kind === 'automatic'));
  const label = (value: string) => valueLabel('event_name', value, language, format);
  const number = (id: 'events' | 'visitors', name: string): Column<BreakdownRow> => ({
    id,
    label: name,
    value: (row) => row[id] ?? null,
    show: (row) => (row[id] == null ? '–' : format.number(row[id])),
  });
  const columns: [Column<BreakdownRow>, ...Column<BreakdownRow>[]] = [
    {
      id: 'event',
      label: messages.event,
      value: ({ value }) => label(value),
      show: ({ value }) =>
        isNamed(value) ? (
          <>
            <a
              class="cut event-link"
              href={hrefTo({ own: { event: value, kind: null } })}
              aria-current={value === shown ? 'true' : undefined}
            >
              <bdi>{label(value)}</bdi>
            </a>
            {kind === 'own' && <PlannedAs event={value} plan={plan} />}
          </>
        ) : (
          <span>{label(value)}</span>
        ),
    },
    number('events', messages.count),
    number('visitors', report.visitors),
  ];
  if (urlState.compare)
    columns.push({
      id: 'change',
      label: report.change,
      value: (row) => relative(row.events, row.previous?.events) ?? null,
      show: (row) => {
        const change = relative(row.events, row.previous?.events);
        return change === undefined ? '–' : <Change change={change} />;
      },
    });
  return (
    <Panel
      title={messages.event}
      aside={
        <Tabs
          label={messages.kinds}
          tabs={[
            { id: 'own', title: messages.own },
            { id: 'automatic', title: messages.automatic },
          ]}
          chosen={kind}
          choose={(id) => go({ own: { kind: id === 'own' ? null : id, event: null } })}
        />
      }
    >
      {listed.length > 0 ? (
        <DataTable
          key={kind}
          name={messages.title}
          rows={listed}
          columns={columns}
          rowKey={({ value }) => value}
          maxRows={20}
          bars="events"
        />
      ) : kind === 'own' ? (
        <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
      ) : (
        <Empty title={messages.none_automatic} />
      )}
      {kind === 'own' && <PlanDifferences plan={plan} />}
    </Panel>
  );
}
