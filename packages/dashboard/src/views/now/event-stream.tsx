/** Events as they arrive, newest first; or of them the conversions. */
import type { StreamEvent } from '@liveinsight/schema';
import { useApp } from '../../app/context.js';
import { readablePath } from '../../format/path.js';
import { LiveList } from '../../parts/live-list.js';
import { Panel } from '../../parts/panel.js';
import { EVENT_WORDS, sayEvent } from '../../words/event-words.js';
import { useWords } from '../../words/use-words.js';
import { NOW } from './words.js';

interface EventStreamProps {
  events: readonly StreamEvent[];
  isWaiting: boolean;
  /** Only these are shown. */
  conversions?: boolean;
}

export function EventStream({ events, isWaiting, conversions = false }: EventStreamProps) {
  const words = useWords(NOW);
  const title = conversions ? words.conversions : words.arriving;
  const none = conversions ? words.no_conversions : words.nothing_arrived;
  return (
    <Panel class={conversions ? 'conversions' : 'stream'} title={title}>
      <LiveList
        id={conversions ? 'conversions' : 'events'}
        label={title}
        rows={events}
        keyOf={({ event_id }) => event_id}
        room={conversions ? 6 : 20}
        empty={isWaiting ? undefined : none}
        attributes={({ event_id }) => ({ 'data-event-id': event_id })}
      >
        {(event) => (conversions ? <ConversionRow event={event} /> : <EventRow event={event} />)}
      </LiveList>
    </Panel>
  );
}

function ConversionRow({ event }: { event: StreamEvent }) {
  const events = useWords(EVENT_WORDS);
  const { format } = useApp();
  return (
    <>
      <time dateTime={event.received_at}>{format.time(event.received_at)}</time>
      <bdi class="kind conversion cut">{sayEvent(event, events, format).detail}</bdi>
      <bdi class="page cut">{readablePath(event.page)}</bdi>
      <SessionLink id={event.session_id} />
    </>
  );
}

function EventRow({ event }: { event: StreamEvent }) {
  const words = useWords(NOW);
  const events = useWords(EVENT_WORDS);
  const { format } = useApp();
  const { what, detail } = sayEvent(event, events, format);
  const { received_at, page, session_id, event_type, bot } = event;
  return (
    <>
      <time dateTime={received_at}>{format.time(received_at)}</time>
      <span class={`kind ${event_type}`}>
        <bdi class="cut">{what}</bdi>
        {bot && <span class="bot">{words.bot}</span>}
      </span>
      <bdi class="page cut">{readablePath(page)}</bdi>
      <bdi class="detail cut">{detail}</bdi>
      <SessionLink id={session_id} />
    </>
  );
}

function SessionLink({ id }: { id: string }) {
  const words = useWords(NOW);
  const { hrefTo } = useApp();
  return (
    <a class="session" href={hrefTo({ session: id })} aria-label={words.session_of(id)}>
      {id.slice(-6)}
    </a>
  );
}
