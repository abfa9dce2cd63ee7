/** The timeline of one session in a panel next to the view: its events in order, growing while it is active. */
import type { SessionSummary, SessionTimeline, TimelineEvent } from '@liveinsight/schema';
import './session-panel.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { download } from '../components/download.js';
import { Icon } from '../components/icon.js';
import { Notes } from '../components/notes.js';
import { Empty, QueryState } from '../components/query-states.js';
import { SessionMark } from '../components/session-mark.js';
import { ValueIcon } from '../components/value-icon.js';
import { readablePath } from '../format/path.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useMutation } from '../hooks/use-mutation.js';
import { describeEvent } from '../i18n/describe-event.js';
import { EVENT_MESSAGES } from '../i18n/event-messages.js';
import { SESSION_MESSAGES } from '../i18n/session-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { toCsv } from '../series/csv.js';
import { CopyId } from './copy-id.js';
import { OtherSessions } from './other-sessions.js';
import { useStep } from './use-step.js';
import { type Timeline, useTimeline } from './use-timeline.js';

export interface SessionPanelProps {
  id: string;
  /** Another one says that there is more of it: asks at once. */
  version: string | undefined;
}

export function OpenSession({ id, version }: SessionPanelProps) {
  const messages = useMessages(SESSION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { hrefTo } = useApp();
  const step = useStep(id);
  const timeline = useTimeline(id);
  const { result, session } = timeline;
  const panel = useRef<HTMLElement>(null);
  const { again } = result;
  const heard = useRef(version);
  useEffect(() => {
    if (heard.current !== version) again();
    heard.current = version;
  });
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside class="session-panel" ref={panel} tabIndex={-1} aria-labelledby="session-title">
      <header>
        <SessionMark id={id} />
        <h2 id="session-title">
          {messages.session} <code>{id.slice(-6)}</code>
        </h2>
        <CopyId id={id} />
        <button
          type="button"
          class="icon-button step"
          title={`${messages.previous} K`}
          aria-label={messages.previous}
          disabled={!step.canStep(-1)}
          onClick={() => step.to(-1)}
        >
          <Icon name="previous" />
        </button>
        <button
          type="button"
          class="icon-button"
          title={`${messages.next} J`}
          aria-label={messages.next}
          disabled={!step.canStep(1)}
          onClick={() => step.to(1)}
        >
          <Icon name="next" />
        </button>
        <a class="icon-button" href={hrefTo({ session: undefined })} aria-label={shell.close}>
          <Icon name="close" />
        </a>
      </header>
      {result.error?.kind === 'invalid' && !session ? (
        <Empty title={messages.no_such} />
      ) : (
        <>
          {session && <Facts session={session} />}
          {session && <Story id={session.session_id} timeline={timeline} />}
          <QueryState result={result}>{(data) => <Rest data={data} timeline={timeline} />}</QueryState>
          {session?.user_id !== undefined && <OtherSessions user={session.user_id} id={id} />}
        </>
      )}
    </aside>
  );
}

function Facts({ session }: { session: SessionSummary }) {
  const messages = useMessages(SESSION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { format, hrefTo, site, language } = useApp();
  const { source, country, browser, device } = session;
  const facts: [name: string, value: string, icon?: ComponentChildren][] = [
    [messages.started, format.moment(session.started_at)],
    [messages.duration, format.duration(session.duration_ms)],
    [
      messages.source,
      valueLabel('source', source, language, format),
      <ValueIcon key="icon" dimension="source" value={source || '(direct)'} />,
    ],
    [
      messages.place,
      valueLabel('country', country, language, format),
      <ValueIcon key="icon" dimension="country" value={country} />,
    ],
    [
      messages.device,
      [
        session.browser,
        session.os || (session.device && valueLabel('device', session.device, language, format)),
      ]
        .filter(Boolean)
        .join(' · ') || shell.unknown,
      browser ? (
        <ValueIcon key="icon" dimension="browser" value={browser} />
      ) : (
        <ValueIcon key="icon" dimension="device" value={device} />
      ),
    ],
    [messages.events, format.number(session.events)],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value, icon]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="cut" title={value}>
              {icon}
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        {session.user_id !== undefined && (
          <div>
            <dt>{messages.user}</dt>
            <dd>
              <a
                class="cut"
                href={hrefTo({
                  view: 'sessions',
                  session: undefined,
                  filters: [],
                  own: { user: session.user_id },
                })}
              >
                <bdi>{session.user_id}</bdi>
              </a>
            </dd>
          </div>
        )}
      </dl>
      {session.bot && <p class="notice plain">{site.counts_bots ? messages.counted_bot : messages.bot}</p>}
    </>
  );
}

function Story({ id, timeline }: { id: string; timeline: Timeline }) {
  const messages = useMessages(SESSION_MESSAGES);
  const { note_codes, notes } = timeline.result.data ?? {};
  return (
    <>
      <Notes
        of={{ ...(notes ? { notes } : {}), ...(note_codes ? { note_codes } : {}) }}
        without={['timeline_part']}
      />
      <TimelineCsv id={id} timeline={timeline} />
      <ol class="timeline" aria-label={messages.timeline}>
        {timeline.events.map((event) => (
          <TimelineRow key={event.event_id} event={event} />
        ))}
      </ol>
    </>
  );
}

/** How much of a long session is shown, and the way to the rest. */
function Rest({
  data: { session },
  timeline: { events, more },
}: {
  data: SessionTimeline;
  timeline: Timeline;
}) {
  const messages = useMessages(SESSION_MESSAGES);
  const { format } = useApp();
  if (!more) return null;
  return (
    <p class="timeline-rest" role="status">
      {messages.shown(format.number(events.length), format.number(session.events))}{' '}
      <button type="button" class="quiet" onClick={more}>
        {messages.more}
      </button>
    </p>
  );
}

const KIND_MARKS: Partial<Record<string, string>> = {
  page_view: 'page',
  page_exit: 'exit',
  click: 'click',
  outbound_click: 'click',
  conversion: 'conversion',
  error: 'error',
};

function TimelineRow({ event }: { event: TimelineEvent }) {
  const messages = useMessages(EVENT_MESSAGES);
  const { format } = useApp();
  const { what, detail } = describeEvent(event, messages, format);
  return (
    <li class={event.event_type} data-event-id={event.event_id}>
      <time dateTime={new Date(event.timestamp).toISOString()}>{format.time(event.timestamp)}</time>
      <div>
        <p>
          <ValueIcon dimension="event" value={KIND_MARKS[event.event_type] ?? 'event'} />
          <bdi class={`kind ${event.event_type}`}>{what}</bdi>
          {event.since_previous_ms >= 1_000 && (
            <span class="soft"> +{format.duration(event.since_previous_ms)}</span>
          )}
        </p>
        <bdi class="page">{readablePath(event.page)}</bdi>
        {detail && <bdi class="detail">{detail}</bdi>}
      </div>
    </li>
  );
}

function TimelineCsv({ id, timeline }: { id: string; timeline: Timeline }) {
  const messages = useMessages(SESSION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const eventMessages = useMessages(EVENT_MESSAGES);
  const { format } = useApp();
  const { isBusy, error, run } = useMutation(() => {});
  const keep = async () => {
    const rows = (await timeline.all()).map((event) => {
      const { what, detail } = describeEvent(event, eventMessages, format);
      return [new Date(event.timestamp).toISOString(), what, event.page, detail];
    });
    const head = [messages.time, messages.event, messages.page, messages.detail];
    download(`session-${id}.csv`, 'text/csv', toCsv([head, ...rows]));
  };
  return (
    <>
      <button
        type="button"
        class="quiet csv"
        aria-label={shell.csv_hint(messages.timeline)}
        disabled={isBusy}
        onClick={() => run(keep)}
      >
        {shell.csv}
      </button>
      {error && (
        <span class="soft" role="status">
          {shell.failed}
        </span>
      )}
    </>
  );
}
