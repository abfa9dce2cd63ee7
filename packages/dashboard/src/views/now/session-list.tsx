/** Active sessions: each with its current page, and a link to its timeline. */
import type { ActiveSession, RealtimeData } from '@liveinsight/schema';
import { LiveList } from '../../components/live-list.js';
import { LiveNumber } from '../../components/live-number.js';
import { Panel } from '../../components/panel.js';
import { ValueIcon } from '../../components/value-icon.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { NOW } from './messages.js';

const SHOWN = 30;

export function SessionList({ now }: { now: RealtimeData | undefined }) {
  const messages = useMessages(NOW);
  const { format, hrefTo } = useApp();
  const sessions = now?.sessions ?? [];
  const more = (now?.active_sessions.last_30_minutes ?? 0) - Math.min(SHOWN, sessions.length);
  return (
    <Panel
      class="visits"
      title={messages.sessions}
      aside={
        more > 0 && (
          <a class="aside" href={hrefTo({ view: 'sessions', range: '30m', filters: [] })}>
            <LiveNumber class="aside" text={messages.more(format.number(more))} />
          </a>
        )
      }
    >
      <LiveList
        id="sessions"
        class="two-lines"
        label={messages.sessions}
        rows={sessions.slice(0, SHOWN)}
        rowKey={({ session_id }) => session_id}
        room={7}
        empty={now && messages.no_visitors}
        attributes={({ session_id }) => ({ 'data-session-id': session_id })}
      >
        {(session) => <SessionRow session={session} />}
      </LiveList>
    </Panel>
  );
}

function SessionRow({ session }: { session: ActiveSession }) {
  const messages = useMessages(NOW);
  const common = useMessages(SHELL_MESSAGES);
  const { format, hrefTo, language } = useApp();
  const { session_id, current_page, source, country, browser, os, device, page_views, duration_ms } = session;
  const who = [
    valueLabel('source', source, language, format),
    country && format.country(country),
    browser,
    os || (device && valueLabel('device', device, language, format)),
  ];
  return (
    <>
      <a class="page cut" href={hrefTo({ session: session_id })}>
        <bdi>{readablePath(current_page) || common.unknown}</bdi>
      </a>
      <LiveNumber class="time" text={format.duration(duration_ms)} />
      <span class="who cut">
        <ValueIcon dimension="country" value={country} />
        <bdi>{who.filter(Boolean).join(' · ')}</bdi>
      </span>
      <LiveNumber
        class="count"
        text={page_views === 1 ? messages.one_view : messages.views(format.number(page_views))}
      />
    </>
  );
}
