/** What else the user of a session did: the newest sessions, and the way to all of them. */
import { SessionMark } from '../components/session-mark.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { SESSION_MESSAGES } from '../i18n/session-messages.js';

const SHOWN = 5;

export function OtherSessions({ user, id }: { user: string; id: string }) {
  const messages = useMessages(SESSION_MESSAGES);
  const { site, format, hrefTo } = useApp();
  const { data } = useQuery(`/users/${encodeURIComponent(user)}/sessions`, {
    site: site.id,
    limit: String(SHOWN + 1),
  });
  const others = data?.sessions.filter(({ session_id }) => session_id !== id).slice(0, SHOWN) ?? [];
  if (others.length === 0) return null;
  return (
    <section class="other-sessions" aria-labelledby="other-sessions">
      <h2 id="other-sessions">{messages.others}</h2>
      <ul>
        {others.map(({ session_id, last_seen_at, page_views }) => (
          <li key={session_id}>
            <a href={hrefTo({ session: session_id })}>
              <SessionMark id={session_id} />
              {format.moment(last_seen_at)}
              <span class="soft">{messages.page_views(format.number(page_views))}</span>
            </a>
          </li>
        ))}
      </ul>
      <a class="quiet" href={hrefTo({ view: 'sessions', session: undefined, filters: [], own: { user } })}>
        {messages.all_others}
      </a>
    </section>
  );
}
