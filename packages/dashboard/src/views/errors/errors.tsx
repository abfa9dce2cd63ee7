/** Which errors visitors meet: how often, whom they affect, since when and since which release. */
import '../report-parts/report-parts.css';
import './errors.css';
import type { ErrorGroup, ErrorsData } from '@liveinsight/schema';
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { relative } from '../report-parts/change.js';
import { Estimate } from '../report-parts/estimate.js';
import { estimateError } from '../report-parts/estimate-error.js';
import { Figures } from '../report-parts/figures.js';
import { Lesson } from '../report-parts/lesson.js';
import { useComparedQuery } from '../report-parts/use-compared-query.js';
import { ErrorDetails } from './error-details.js';
import { ERRORS } from './messages.js';

const EXAMPLE =
  '<script async src="/liveinsight.extended.js" data-site="shop"\n  data-release="1.2.3"></script>';
const LIMIT = '500';

export function Errors() {
  const messages = useMessages(ERRORS);
  const result = useQuery('/errors', { ...useUrlQuery(), limit: LIMIT });
  const compared = useComparedQuery();
  const { data: before } = useQuery('/errors', compared && { ...compared, limit: '1' });
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <QueryState result={result} lines={10}>
        {(data) =>
          data.error_count === 0 ? (
            <>
              <Notes of={data} />
              <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
            </>
          ) : (
            <Report data={data} before={compared && before} />
          )
        }
      </QueryState>
    </div>
  );
}

/** What tells it from others, as the URL has it. */
const keyOf = ({ message, place }: ErrorGroup): string => `${message}\n${place ?? ''}`;

function Report({ data, before }: { data: ErrorsData; before: ErrorsData | undefined }) {
  const messages = useMessages(ERRORS);
  const { urlState, format, hrefTo } = useApp();
  const { errors, error_count, events } = data;
  const open = errors.find((one) => keyOf(one) === urlState.own.error) ?? errors[0];
  return (
    <>
      <Notes of={data} />
      <Figures
        label={messages.title}
        figures={[
          {
            name: messages.events,
            definition: messages.events_means,
            value: format.number(events),
            change: relative(events, before?.events),
            better: 'less',
          },
          {
            name: messages.groups,
            definition: messages.groups_means,
            value: format.number(error_count),
            change: relative(error_count, before?.error_count),
            better: 'less',
          },
        ]}
      />
      <div class="error-parts">
        <Panel title={messages.title}>
          {errors.length < error_count && (
            <p class="soft">{messages.shown(format.number(errors.length), format.number(error_count))}</p>
          )}
          <DataTable
            name={messages.title}
            rows={errors}
            rowKey={keyOf}
            maxRows={20}
            bars="events"
            text={(error) => `${error.message} ${error.place ?? ''}`}
            columns={[
              {
                id: 'error',
                label: messages.error,
                value: ({ message }) => message,
                show: (error) => (
                  <a
                    class="error-link"
                    href={hrefTo({ own: { error: keyOf(error) } })}
                    aria-current={error === open ? 'true' : undefined}
                  >
                    <bdi class="cut">{error.message}</bdi>
                    <bdi class="cut soft">{error.place ?? messages.unknown_place}</bdi>
                  </a>
                ),
              },
              { id: 'events', label: messages.events, value: ({ events }) => events },
              {
                id: 'sessions',
                label: messages.sessions,
                value: ({ sessions }) => sessions,
                show: ({ sessions }) => (
                  <Estimate value={sessions} error={estimateError(data.note_codes, sessions)} />
                ),
              },
              {
                id: 'first_seen',
                label: messages.first_seen,
                value: ({ first_seen }) => first_seen,
                show: ({ first_seen }) => format.moment(first_seen),
              },
              {
                id: 'last_seen',
                label: messages.last_seen,
                value: ({ last_seen }) => last_seen,
                show: ({ last_seen }) => format.moment(last_seen),
              },
              {
                id: 'release',
                label: messages.since_release,
                value: ({ releases }) => releases[0]?.release ?? null,
              },
            ]}
          />
        </Panel>
        {open && <ErrorDetails key={keyOf(open)} error={open} />}
      </div>
    </>
  );
}
