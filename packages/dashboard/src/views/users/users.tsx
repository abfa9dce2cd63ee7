/** One user, found by the id that the site's own code gave: how often they came, and what they did. */
import '../report-parts/report-parts.css';
import type { SessionSummary, UserSessionsData } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { valueLabel } from '../../i18n/value-label.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { type Figure, Figures } from '../report-parts/figures.js';
import { Lesson } from '../report-parts/lesson.js';
import { SessionTable } from '../sessions/session-table.js';
import { USERS } from './messages.js';

const EXAMPLE = "liveinsight('identify', 'customer-7');";
const LIMIT = '200';

export function Users() {
  const messages = useMessages(USERS);
  const { urlState } = useApp();
  const { user = '' } = urlState.own;
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <UserField key={user} user={user} />
      {user === '' ? (
        <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
      ) : (
        <OneUser key={user} user={user} />
      )}
      <SessionPanel />
    </div>
  );
}

function UserField({ user }: { user: string }) {
  const messages = useMessages(USERS);
  const { go } = useApp();
  const [typed, setTyped] = useState(user);
  const find = (event: Event) => {
    event.preventDefault();
    go({ own: { user: typed.trim() || null }, session: undefined });
  };
  return (
    <form class="picks" onSubmit={find}>
      <label>
        {messages.id}{' '}
        <input
          type="search"
          required
          autocomplete="off"
          placeholder={messages.id_hint}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        {messages.find}
      </button>
    </form>
  );
}

function OneUser({ user }: { user: string }) {
  const messages = useMessages(USERS);
  const { site } = useApp();
  const result = useQuery(`/users/${encodeURIComponent(user)}/sessions`, { site: site.id, limit: LIMIT });
  return (
    <QueryState result={result} lines={10}>
      {(data) => (
        <>
          {data.sessions.length > 0 && <Summary data={data} />}
          <div class="sessions">
            <SessionTable sessions={data.sessions} none={messages.not_found} />
          </div>
        </>
      )}
    </QueryState>
  );
}

function Summary({ data: { sessions, cursor, user_id } }: { data: UserSessionsData }) {
  const messages = useMessages(USERS);
  const { format, language } = useApp();
  const count = format.number(sessions.length);
  const isPart = cursor !== undefined;
  const hint = isPart ? messages.newest(count) : undefined;
  const sum = (of: (session: SessionSummary) => number) =>
    format.number(sessions.reduce((total, session) => total + of(session), 0));
  const starts = sessions.map(({ started_at }) => started_at).sort();
  const ends = sessions.map(({ last_seen_at }) => last_seen_at).sort();
  const devices = [...new Set(sessions.map(({ device }) => valueLabel('device', device, language, format)))];
  const figures: Figure[] = [
    {
      name: messages.sessions,
      definition: messages.sessions_means,
      value: isPart ? messages.at_least(count) : count,
    },
    // Of a part, the first one is not known.
    {
      name: messages.first_seen,
      definition: messages.first_means,
      value: isPart || starts[0] === undefined ? null : format.moment(starts[0]),
    },
    { name: messages.last_seen, definition: messages.last_means, value: format.moment(ends.at(-1) ?? '') },
    {
      name: messages.views,
      definition: messages.views_means,
      value: sum(({ page_views }) => page_views),
      hint,
    },
    {
      name: messages.conversions,
      definition: messages.conversions_means,
      value: sum(({ conversions }) => conversions),
      hint,
    },
    { name: messages.devices, definition: messages.devices_means, value: devices.join(', '), hint },
  ];
  return <Figures label={user_id} figures={figures} />;
}
