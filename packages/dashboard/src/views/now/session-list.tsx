/** Who is here: each session with the page it looks at, and a way into its story. */
import type { ActiveSession, RealtimeData } from '@liveinsight/schema';
import { useApp } from '../../app/context.js';
import { readablePath } from '../../format/path.js';
import { LiveList } from '../../parts/live-list.js';
import { LiveNumber } from '../../parts/live-number.js';
import { Panel } from '../../parts/panel.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { valueLabel } from '../../words/value-label.js';
import { NOW } from './words.js';

const SHOWN = 30;

export function SessionList({ now }: { now: RealtimeData | undefined }) {
  const words = useWords(NOW);
  const { format } = useApp();
  const sessions = now?.sessions ?? [];
  const more = (now?.active_sessions.last_30_minutes ?? 0) - Math.min(SHOWN, sessions.length);
  return (
    <Panel
      class="visits"
      title={words.sessions}
      aside={<LiveNumber class="aside" text={more > 0 ? words.more(format.number(more)) : ''} />}
    >
      <LiveList
        id="sessions"
        class="two-lines"
        label={words.sessions}
        rows={sessions.slice(0, SHOWN)}
        keyOf={({ session_id }) => session_id}
        room={7}
        empty={now && words.nobody}
        attributes={({ session_id }) => ({ 'data-session-id': session_id })}
      >
        {(session) => <SessionRow session={session} />}
      </LiveList>
    </Panel>
  );
}

function SessionRow({ session }: { session: ActiveSession }) {
  const words = useWords(NOW);
  const common = useWords(SHELL_WORDS);
  const { format, hrefTo } = useApp();
  const { session_id, current_page, source, country, browser, os, device, page_views, duration_ms } = session;
  const who = [
    valueLabel('source', source, common, format),
    country && format.country(country),
    browser,
    os || device,
  ];
  return (
    <>
      <a class="page cut" href={hrefTo({ session: session_id })}>
        <bdi>{readablePath(current_page) || common.unknown}</bdi>
      </a>
      <LiveNumber class="time" text={format.duration(duration_ms)} />
      <bdi class="who cut">{who.filter(Boolean).join(' · ')}</bdi>
      <LiveNumber
        class="count"
        text={page_views === 1 ? words.one_view : words.views(format.number(page_views))}
      />
    </>
  );
}
