/** Visits one by one, newest first; each opens its story. */
import './sessions.css';
import type { SessionsData } from '@liveinsight/schema';
import { endsNow } from '../../address/range.js';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { FilterAdder } from '../../parts/filter-adder.js';
import { FilterChips } from '../../parts/filter-chips.js';
import { Notes } from '../../parts/notes.js';
import { RangePicker } from '../../parts/range-picker.js';
import { Searched } from '../../parts/searched.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { Answered } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { Paging } from './paging.js';
import { SessionSearch } from './session-search.js';
import { SessionTable } from './session-table.js';
import { useOrder } from './use-order.js';
import { SESSIONS } from './words.js';

const LIMIT = '50';
/** The newest page is asked for again: sessions grow, and new ones come in. Each answer reads every one of them. */
const ASK_EVERY_MS = 8_000;

export function Sessions() {
  const { address } = useApp();
  const { user } = address.own;
  return (
    <div class="sessions">
      {user === undefined ? <AllSessions /> : <UserSessions key={user} user={user} />}
      <SessionPanel />
    </div>
  );
}

/** A page without any is gone beyond: there may be some on the next. */
const goOn = ({ sessions, cursor }: SessionsData) => (sessions.length === 0 ? cursor : undefined);

function AllSessions() {
  const words = useWords(SESSIONS);
  const { address } = useApp();
  const query = useQuery();
  const { after, search } = address.own;
  const order = useOrder();
  const isByArrival = order.sort === undefined;
  // A sorted list reads every session of the range: it is asked for once.
  const isGrowing = after === undefined && isByArrival && endsNow(address.range);
  const asked = {
    ...query,
    search,
    sort: order.sort?.by,
    order: order.sort && (order.sort.isAscending ? 'asc' : 'desc'),
  };
  const answer = useRead(
    '/sessions',
    { ...asked, limit: LIMIT, cursor: after },
    isGrowing ? { everyMs: ASK_EVERY_MS, goOn } : { goOn },
  );
  return (
    <>
      <ViewHead
        title={words.title}
        note={
          <span class="soft">
            {isByArrival && words.newest_first}
            {isGrowing && ` · ${words.growing}`}
          </span>
        }
      >
        <SessionSearch />
        <FilterAdder />
        <RangePicker compare={false} />
      </ViewHead>
      <FilterChips />
      <Answered answer={answer} lines={14}>
        {({ sessions, cursor, searched_to, ...said }) => (
          <>
            {/* That there may be more behind a cursor is said below. */}
            <Notes of={said} without={['page_ended_early']} />
            {(sessions.length > 0 || cursor === undefined) && (
              <SessionTable sessions={sessions} none={words.nothing_hint} query={asked} order={order} />
            )}
            {(isByArrival || sessions.length === 0) && (
              <Searched to={searched_to} isMore={cursor !== undefined} hasRows={sessions.length > 0} />
            )}
            <Paging after={after} next={cursor} isByArrival={isByArrival} />
          </>
        )}
      </Answered>
    </>
  );
}

function UserSessions({ user }: { user: string }) {
  const words = useWords(SESSIONS);
  const { address, site, hrefTo } = useApp();
  const { after } = address.own;
  const answer = useRead(
    `/users/${encodeURIComponent(user)}/sessions`,
    { site: site.id, limit: LIMIT, cursor: after },
    after === undefined ? { everyMs: ASK_EVERY_MS } : {},
  );
  return (
    <>
      <ViewHead title={<bdi>{words.of_user(user)}</bdi>}>
        <a href={hrefTo({ own: { user: null, after: null } })}>{words.all}</a>
      </ViewHead>
      <Answered answer={answer} lines={10}>
        {({ sessions, cursor }) => (
          <>
            <SessionTable sessions={sessions} none={words.nobody_hint} />
            <Paging after={after} next={cursor} />
          </>
        )}
      </Answered>
    </>
  );
}
