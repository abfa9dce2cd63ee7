/** Sessions as a table: when, where in and where to, who, how much. */
import './sessions.css';
import type { SessionSummary } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { type Column, DataTable, type Order, sortRows } from '../../components/data-table.js';
import { Empty } from '../../components/query-states.js';
import { SessionMark } from '../../components/session-mark.js';
import { ValueIcon } from '../../components/value-icon.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { withValue } from '../../url-state/url-state.js';
import { SESSIONS } from './messages.js';

const PAGE_ROWS = 50;
const PAGE_OF_CSV = '200';
const MAX_CSV_ROWS = 10_000;

interface SessionTableProps {
  sessions: readonly SessionSummary[];
  /** What to do where there are none. */
  none: string;
  /** What they are a page of; then the CSV has all pages. */
  query?: Query;
  order?: Order;
}

export function SessionTable({ sessions, none, query, order }: SessionTableProps) {
  const messages = useMessages(SESSIONS);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, client, go, hrefTo, format, language } = useApp();
  if (sessions.length === 0)
    return (
      <Empty title={messages.nothing}>
        <p>{none}</p>
      </Empty>
    );

  const chosen = (by: 'source' | 'country' | 'entry_page', value: string) => {
    const label = valueLabel(by, value, language, format);
    // What the API calls a visit without a source when it is filtered by it.
    const filterValue = value === '' && by === 'source' ? '(direct)' : value || '(unknown)';
    return (
      <button
        type="button"
        class="pick cut"
        title={shell.only(label)}
        onClick={() =>
          go({
            filters: withValue(urlState.filters, by, filterValue),
            own: { user: null, after: null },
          })
        }
      >
        <ValueIcon dimension={by} value={filterValue} />
        <bdi>{label}</bdi>
      </button>
    );
  };
  const all = async () => {
    const rows: SessionSummary[] = [];
    let cursor: string | undefined;
    do {
      // Always by arrival, independent of the sort order, so that each session is read once.
      const asked = { ...query, sort: undefined, order: undefined, limit: PAGE_OF_CSV, cursor };
      const page = await client.read('/sessions', asked);
      rows.push(...page.sessions);
      cursor = page.cursor;
    } while (cursor !== undefined && rows.length < MAX_CSV_ROWS);
    if (cursor !== undefined) return { rows, note: messages.csv_cut(format.number(rows.length)) };
    const column = columns.find(({ id }) => id === order?.sort?.by);
    return { rows: column && order?.sort ? sortRows(rows, column, order.sort) : rows };
  };
  const deviceLabel = ({ browser, os, device }: SessionSummary) =>
    [browser, os || (device && valueLabel('device', device, language, format))].filter(Boolean).join(' · ');
  const columns: [Column<SessionSummary>, ...Column<SessionSummary>[]] = [
    {
      id: 'last_seen_at',
      label: messages.last_seen,
      value: ({ last_seen_at }) => last_seen_at,
      show: ({ session_id, last_seen_at, bot }) => (
        <>
          <a
            class="session-link"
            href={hrefTo({ session: session_id })}
            title={format.moment(last_seen_at)}
            aria-current={urlState.session === session_id ? 'true' : undefined}
            aria-label={messages.open(format.moment(last_seen_at))}
            data-session-id={session_id}
          >
            <SessionMark id={session_id} />
            {format.ago(last_seen_at, Date.now())}
          </a>
          {bot && <span class="badge">{messages.bot}</span>}
        </>
      ),
    },
    {
      id: 'entry_page',
      label: messages.entry,
      value: ({ entry_page }) => readablePath(entry_page),
      show: ({ entry_page }) => chosen('entry_page', entry_page),
    },
    {
      id: 'current_page',
      label: messages.now_on,
      value: ({ current_page }) => readablePath(current_page),
      show: ({ current_page }) => <bdi class="cut">{readablePath(current_page)}</bdi>,
    },
    {
      id: 'source',
      label: messages.source,
      value: ({ source }) => source,
      show: ({ source }) => chosen('source', source),
    },
    {
      id: 'country',
      label: messages.country,
      value: ({ country }) => country,
      show: ({ country }) => chosen('country', country),
    },
    {
      id: 'browser',
      label: messages.device,
      value: deviceLabel,
      show: (session) => (
        <span class="cut">
          <ValueIcon dimension="browser" value={session.browser} />
          <bdi>{deviceLabel(session) || shell.unknown}</bdi>
        </span>
      ),
    },
    {
      id: 'user_id',
      label: messages.user,
      value: ({ user_id }) => user_id,
      show: ({ user_id }) =>
        user_id === undefined ? (
          <span class="soft">–</span>
        ) : (
          <a class="cut" href={hrefTo({ own: { user: user_id, after: null } })}>
            <bdi>{user_id}</bdi>
          </a>
        ),
    },
    { id: 'page_views', label: messages.views, value: ({ page_views }) => page_views },
    { id: 'events', label: messages.events, value: ({ events }) => events },
    { id: 'conversions', label: messages.conversions, value: ({ conversions }) => conversions },
    {
      id: 'duration_ms',
      label: messages.duration,
      value: ({ duration_ms }) => duration_ms,
      show: ({ duration_ms }) => format.duration(duration_ms),
    },
  ];
  return (
    <section class="panel" aria-label={messages.title}>
      <DataTable
        name={messages.title}
        rows={sessions}
        columns={columns}
        rowKey={({ session_id }) => session_id}
        maxRows={PAGE_ROWS}
        isPart
        order={order}
        all={query && all}
      />
    </section>
  );
}
