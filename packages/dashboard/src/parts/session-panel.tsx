/** The story of one session beside whatever is shown: what happened, in its order, growing while it goes on. */
import type { SessionTimeline, TimelineEvent } from '@liveinsight/schema';
import { useEffect, useRef } from 'preact/hooks';
import { useRead } from '../api/use-read.js';
import { useApp } from '../app/context.js';
import { EVENT_WORDS, sayEvent } from '../words/event-words.js';
import { SESSION_WORDS } from '../words/session-words.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { valueLabel } from '../words/value-label.js';
import { Answered } from './states.js';

const ASK_EVERY_MS = 5_000;

/** @param version another one says that there is more of it: asks at once */
export function SessionPanel({ version }: { version?: string | undefined }) {
  const { address } = useApp();
  if (address.session === undefined) return null;
  return <OpenSession key={address.session} id={address.session} version={version} />;
}

function OpenSession({ id, version }: { id: string; version: string | undefined }) {
  const words = useWords(SESSION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { site, hrefTo } = useApp();
  const answer = useRead(`/sessions/${encodeURIComponent(id)}`, { site: site.id }, { everyMs: ASK_EVERY_MS });
  const panel = useRef<HTMLElement>(null);
  const { again } = answer;
  const heard = useRef(version);
  useEffect(() => {
    if (heard.current !== version) again();
    heard.current = version;
  });
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside class="session-panel" ref={panel} tabIndex={-1} aria-labelledby="session-title">
      <header>
        <h2 id="session-title">
          {words.session} <code>{id.slice(-6)}</code>
        </h2>
        <a class="close" href={hrefTo({ session: undefined })} aria-label={shell.close}>
          ×
        </a>
      </header>
      <Answered answer={answer}>{(data) => <Story data={data} />}</Answered>
    </aside>
  );
}

function Story({ data: { session, events, notes = [] } }: { data: SessionTimeline }) {
  const words = useWords(SESSION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { format } = useApp();
  const facts: [string, string][] = [
    [words.started, format.moment(session.started_at)],
    [words.duration, format.duration(session.duration_ms)],
    [words.source, valueLabel('source', session.source, shell, format)],
    [words.place, valueLabel('country', session.country, shell, format)],
    [
      words.device,
      [session.browser, session.os || session.device].filter(Boolean).join(' · ') || shell.unknown,
    ],
    ...(session.user_id ? [[words.user, session.user_id] as [string, string]] : []),
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi class="cut">{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} class="notice plain">
          {note}
        </p>
      ))}
      <ol class="timeline" aria-label={words.timeline}>
        {events.map((event) => (
          <TimelineRow key={event.event_id} event={event} />
        ))}
      </ol>
    </>
  );
}

function TimelineRow({ event }: { event: TimelineEvent }) {
  const words = useWords(EVENT_WORDS);
  const { format } = useApp();
  const { what, detail } = sayEvent(event, words, format);
  return (
    <li class={event.event_type} data-event-id={event.event_id}>
      <time dateTime={new Date(event.timestamp).toISOString()}>{format.time(event.timestamp)}</time>
      <div>
        <p>
          <bdi class={`kind ${event.event_type}`}>{what}</bdi>
          {event.since_previous_ms >= 1_000 && (
            <span class="soft"> +{format.duration(event.since_previous_ms)}</span>
          )}
        </p>
        <bdi class="page">{event.page}</bdi>
        {detail && <bdi class="detail">{detail}</bdi>}
      </div>
    </li>
  );
}
