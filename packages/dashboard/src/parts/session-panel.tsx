/** The story of one session beside whatever is shown: what happened, in its order, growing while it goes on. */
import type { SessionSummary, SessionTimeline, TimelineEvent } from '@liveinsight/schema';
import { useEffect, useRef } from 'preact/hooks';
import { useChange } from '../api/use-change.js';
import { useApp } from '../app/context.js';
import { readablePath } from '../format/path.js';
import { csvOf } from '../series/csv.js';
import { EVENT_WORDS, sayEvent } from '../words/event-words.js';
import { SESSION_WORDS } from '../words/session-words.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { valueLabel } from '../words/value-label.js';
import { download } from './download.js';
import { Notes } from './notes.js';
import { Answered, Empty } from './states.js';
import { type Timeline, useTimeline } from './use-timeline.js';

/** @param version another one says that there is more of it: asks at once */
export function SessionPanel({ version }: { version?: string | undefined }) {
  const { address } = useApp();
  if (address.session === undefined) return null;
  return <OpenSession key={address.session} id={address.session} version={version} />;
}

function OpenSession({ id, version }: { id: string; version: string | undefined }) {
  const words = useWords(SESSION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { hrefTo } = useApp();
  const timeline = useTimeline(id);
  const { answer, session } = timeline;
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
      {answer.problem?.kind === 'refused' && !session ? (
        <Empty title={words.no_such} />
      ) : (
        <>
          {session && <Facts session={session} />}
          {session && <Story id={session.session_id} timeline={timeline} />}
          <Answered answer={answer}>{(data) => <Rest data={data} timeline={timeline} />}</Answered>
        </>
      )}
    </aside>
  );
}

function Facts({ session }: { session: SessionSummary }) {
  const words = useWords(SESSION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { format, hrefTo, site } = useApp();
  const facts: [string, string][] = [
    [words.started, format.moment(session.started_at)],
    [words.duration, format.duration(session.duration_ms)],
    [words.source, valueLabel('source', session.source, shell, format)],
    [words.place, valueLabel('country', session.country, shell, format)],
    [
      words.device,
      [session.browser, session.os || session.device].filter(Boolean).join(' · ') || shell.unknown,
    ],
    [words.events, format.number(session.events)],
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
        {session.user_id !== undefined && (
          <div>
            <dt>{words.user}</dt>
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
      {session.bot && <p class="notice plain">{site.counts_bots ? words.counted_bot : words.bot}</p>}
    </>
  );
}

function Story({ id, timeline }: { id: string; timeline: Timeline }) {
  const words = useWords(SESSION_WORDS);
  const { note_codes, notes } = timeline.answer.data ?? {};
  return (
    <>
      <Notes
        of={{ ...(notes ? { notes } : {}), ...(note_codes ? { note_codes } : {}) }}
        without={['timeline_part']}
      />
      <TimelineCsv id={id} timeline={timeline} />
      <ol class="timeline" aria-label={words.timeline}>
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
  const words = useWords(SESSION_WORDS);
  const { format } = useApp();
  if (!more) return null;
  return (
    <p class="timeline-rest" role="status">
      {words.shown(format.number(events.length), format.number(session.events))}{' '}
      <button type="button" class="quiet" onClick={more}>
        {words.more}
      </button>
    </p>
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
        <bdi class="page">{readablePath(event.page)}</bdi>
        {detail && <bdi class="detail">{detail}</bdi>}
      </div>
    </li>
  );
}

function TimelineCsv({ id, timeline }: { id: string; timeline: Timeline }) {
  const words = useWords(SESSION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const said = useWords(EVENT_WORDS);
  const { format } = useApp();
  const { isBusy, problem, run } = useChange(() => {});
  const keep = async () => {
    const rows = (await timeline.all()).map((event) => {
      const { what, detail } = sayEvent(event, said, format);
      return [new Date(event.timestamp).toISOString(), what, event.page, detail];
    });
    const head = [words.time, words.event, words.page, words.detail];
    download(`session-${id}.csv`, 'text/csv', csvOf([head, ...rows]));
  };
  return (
    <>
      <button
        type="button"
        class="quiet csv"
        aria-label={shell.csv_hint(words.timeline)}
        disabled={isBusy}
        onClick={() => run(keep)}
      >
        {shell.csv}
      </button>
      {problem && (
        <span class="soft" role="status">
          {shell.failed}
        </span>
      )}
    </>
  );
}
