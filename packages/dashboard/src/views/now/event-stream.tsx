/** Events as they arrive, newest first; or only the conversions. */
import type { StreamEvent } from '@liveinsight/schema';
import { LiveList } from '../../components/live-list.js';
import { Panel } from '../../components/panel.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { describeEvent } from '../../i18n/describe-event.js';
import { EVENT_MESSAGES } from '../../i18n/event-messages.js';
import { NOW } from './messages.js';

interface EventStreamProps {
  events: readonly StreamEvent[];
  isWaiting: boolean;
  /** Only these are shown. */
  conversions?: boolean;
}

export function EventStream({ events, isWaiting, conversions = false }: EventStreamProps) {
  const messages = useMessages(NOW);
  const title = conversions ? messages.conversions : messages.arriving;
  const none = conversions ? messages.no_conversions : messages.nothing_arrived;
  return (
    <Panel class={conversions ? 'conversions' : 'stream'} title={title}>
      <LiveList
        id={conversions ? 'conversions' : 'events'}
        label={title}
        rows={events}
        rowKey={({ event_id }) => event_id}
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
  const events = useMessages(EVENT_MESSAGES);
  const { format } = useApp();
  return (
    <>
      <time dateTime={event.received_at}>{format.time(event.received_at)}</time>
      <bdi class="kind conversion cut">{describeEvent(event, events, format).detail}</bdi>
      <bdi class="page cut">{readablePath(event.page)}</bdi>
      <SessionLink id={event.session_id} />
    </>
  );
}

function EventRow({ event }: { event: StreamEvent }) {
  const messages = useMessages(NOW);
  const events = useMessages(EVENT_MESSAGES);
  const { format } = useApp();
  const { what, detail } = describeEvent(event, events, format);
  const { received_at, page, session_id, event_type, bot } = event;
  return (
    <>
      <time dateTime={received_at}>{format.time(received_at)}</time>
      <span class={`kind ${event_type}`}>
        <bdi class="cut" title={what}>
          {what}
        </bdi>
        {bot && <span class="bot">{messages.bot}</span>}
      </span>
      <bdi class="page cut">{readablePath(page)}</bdi>
      <bdi class="detail cut">{detail}</bdi>
      <SessionLink id={session_id} />
    </>
  );
}

function SessionLink({ id }: { id: string }) {
  const messages = useMessages(NOW);
  const { hrefTo } = useApp();
  return (
    <a class="session" href={hrefTo({ session: id })} aria-label={messages.session_of(id)}>
      {id.slice(-6)}
    </a>
  );
}
