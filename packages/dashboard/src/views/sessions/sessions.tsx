/** Visits one by one, newest first; each opens its story. */
import type { SessionsData } from '@liveinsight/schema';
import { Notes } from '../../components/notes.js';
import { QueryState } from '../../components/query-states.js';
import { SearchMark } from '../../components/search-mark.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { endsNow } from '../../url-state/range.js';
import { SESSIONS } from './messages.js';
import { Paging } from './paging.js';
import { SessionSearch } from './session-search.js';
import { SessionTable } from './session-table.js';
import { useOrder } from './use-order.js';

const LIMIT = '50';
/** The newest page is requested repeatedly: sessions grow, and new ones arrive. Each response reads all of them. */
const POLL_MS = 8_000;

export function Sessions() {
  const { urlState } = useApp();
  const { user } = urlState.own;
  return (
    <div class="sessions">
      {user === undefined ? <AllSessions /> : <UserSessions key={user} user={user} />}
      <SessionPanel />
    </div>
  );
}

/** A page without any is gone beyond: there may be some on the next. */
const nextCursor = ({ sessions, cursor }: SessionsData) => (sessions.length === 0 ? cursor : undefined);

function AllSessions() {
  const messages = useMessages(SESSIONS);
  const { urlState } = useApp();
  const query = useUrlQuery();
  const { after, search } = urlState.own;
  const order = useOrder();
  const isByArrival = order.sort === undefined;
  // A sorted list reads every session of the range, so it is requested once.
  const isGrowing = after === undefined && isByArrival && endsNow(urlState.range);
  const asked = {
    ...query,
    search,
    sort: order.sort?.by,
    order: order.sort && (order.sort.isAscending ? 'asc' : 'desc'),
  };
  const result = useQuery(
    '/sessions',
    { ...asked, limit: LIMIT, cursor: after },
    isGrowing ? { everyMs: POLL_MS, nextCursor } : { nextCursor },
  );
  return (
    <>
      <ViewHeader
        title={messages.title}
        note={
          <span class="soft">
            {isByArrival && messages.newest_first}
            {isGrowing && ` · ${messages.growing}`}
          </span>
        }
      >
        <SessionSearch />
      </ViewHeader>
      <QueryState result={result} lines={14}>
        {({ sessions, cursor, searched_to, ...rest }) => (
          <>
            {/* That there may be more behind a cursor is said below. */}
            <Notes of={rest} without={['page_ended_early']} />
            {(sessions.length > 0 || cursor === undefined) && (
              <SessionTable sessions={sessions} none={messages.nothing_hint} query={asked} order={order} />
            )}
            {(isByArrival || sessions.length === 0) && (
              <SearchMark to={searched_to} isMore={cursor !== undefined} hasRows={sessions.length > 0} />
            )}
            <Paging after={after} next={cursor} isByArrival={isByArrival} />
          </>
        )}
      </QueryState>
    </>
  );
}

function UserSessions({ user }: { user: string }) {
  const messages = useMessages(SESSIONS);
  const { urlState, site, hrefTo } = useApp();
  const { after } = urlState.own;
  const result = useQuery(
    `/users/${encodeURIComponent(user)}/sessions`,
    { site: site.id, limit: LIMIT, cursor: after },
    after === undefined ? { everyMs: POLL_MS } : {},
  );
  return (
    <>
      <ViewHeader title={<bdi>{messages.of_user(user)}</bdi>}>
        <a href={hrefTo({ own: { user: null, after: null } })}>{messages.all}</a>
      </ViewHeader>
      <QueryState result={result} lines={10}>
        {({ sessions, cursor }) => (
          <>
            <SessionTable sessions={sessions} none={messages.nobody_hint} />
            <Paging after={after} next={cursor} />
          </>
        )}
      </QueryState>
    </>
  );
}
