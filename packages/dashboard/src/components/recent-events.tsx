/** Single events of a range, newest first, each leading to its session. */
import type { RecentEventsData, StreamEvent } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { readablePath } from '../format/path.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { describeEvent } from '../i18n/describe-event.js';
import { DETAIL_MESSAGES } from '../i18n/detail-messages.js';
import { EVENT_MESSAGES } from '../i18n/event-messages.js';
import { moveFocus } from './move-focus.js';
import { Notes } from './notes.js';
import { Panel } from './panel.js';
import { Empty, QueryState } from './query-states.js';
import { SearchMark } from './search-mark.js';

const LIMITS = [30, 100, 500] as const;

export function RecentEvents({ query }: { query: Query }) {
  const messages = useMessages(DETAIL_MESSAGES);
  const [step, setStep] = useState(0);
  const result = useQuery('/recent-events', { ...query, limit: String(LIMITS[step]) }, { nextCursor });
  return (
    <Panel class="recent" title={messages.recent}>
      <QueryState result={result} lines={8}>
        {({ events, cursor, searched_to, ...rest }) => (
          <>
            <Notes of={rest} without={['page_ended_early']} />
            {events.length === 0 && cursor === undefined && <Empty title={messages.no_events} />}
            <SearchMark to={searched_to} isMore={cursor !== undefined} hasRows={events.length > 0} />
            <ol class="event-list" aria-label={messages.recent} onKeyDown={moveFocus}>
              {events.map((event) => (
                <EventLine key={event.event_id} event={event} />
              ))}
            </ol>
            {cursor !== undefined && step < LIMITS.length - 1 && (
              <button type="button" class="quiet" onClick={() => setStep(step + 1)}>
                {messages.more}
              </button>
            )}
          </>
        )}
      </QueryState>
    </Panel>
  );
}

const nextCursor = ({ events, cursor }: RecentEventsData) => (events.length === 0 ? cursor : undefined);

function EventLine({ event }: { event: StreamEvent }) {
  const messages = useMessages(EVENT_MESSAGES);
  const details = useMessages(DETAIL_MESSAGES);
  const { format, hrefTo } = useApp();
  const { what, detail } = describeEvent(event, messages, format);
  return (
    <li data-event-id={event.event_id}>
      <time dateTime={event.received_at}>{format.moment(event.received_at)}</time>
      <bdi class={`kind cut ${event.event_type}`}>{what}</bdi>
      <bdi class="page cut">{readablePath(event.page)}</bdi>
      <bdi class="detail cut">{detail}</bdi>
      <a
        class="session"
        href={hrefTo({ session: event.session_id })}
        aria-label={`${details.session} ${event.session_id}`}
      >
        {event.session_id.slice(-6)}
      </a>
    </li>
  );
}
