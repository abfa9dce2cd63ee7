/** Single events of a range, newest first, each leading to its session. */
import type { RecentEventsData, StreamEvent } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useRead } from '../api/use-read.js';
import { useApp } from '../app/context.js';
import { readablePath } from '../format/path.js';
import { DETAIL_WORDS } from '../words/detail-words.js';
import { EVENT_WORDS, sayEvent } from '../words/event-words.js';
import { useWords } from '../words/use-words.js';
import { moveFocus } from './move-focus.js';
import { Notes } from './notes.js';
import { Panel } from './panel.js';
import { Searched } from './searched.js';
import { Answered, Empty } from './states.js';

const LIMITS = [30, 100, 500] as const;

export function RecentEvents({ query }: { query: Query }) {
  const words = useWords(DETAIL_WORDS);
  const [step, setStep] = useState(0);
  const answer = useRead('/recent-events', { ...query, limit: String(LIMITS[step]) }, { goOn });
  return (
    <Panel class="recent" title={words.recent}>
      <Answered answer={answer} lines={8}>
        {({ events, cursor, searched_to, ...said }) => (
          <>
            <Notes of={said} without={['page_ended_early']} />
            {events.length === 0 && cursor === undefined && <Empty title={words.no_events} />}
            <Searched to={searched_to} isMore={cursor !== undefined} hasRows={events.length > 0} />
            <ol class="event-list" aria-label={words.recent} onKeyDown={moveFocus}>
              {events.map((event) => (
                <EventLine key={event.event_id} event={event} />
              ))}
            </ol>
            {cursor !== undefined && step < LIMITS.length - 1 && (
              <button type="button" class="quiet" onClick={() => setStep(step + 1)}>
                {words.more}
              </button>
            )}
          </>
        )}
      </Answered>
    </Panel>
  );
}

const goOn = ({ events, cursor }: RecentEventsData) => (events.length === 0 ? cursor : undefined);

function EventLine({ event }: { event: StreamEvent }) {
  const words = useWords(EVENT_WORDS);
  const details = useWords(DETAIL_WORDS);
  const { format, hrefTo } = useApp();
  const { what, detail } = sayEvent(event, words, format);
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
