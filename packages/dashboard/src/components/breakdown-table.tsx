/** A breakdown as a table: a row's name is a filter, and leads to its details where it has some. */
import type { Breakdown, BreakdownRow } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { METRIC_MESSAGES } from '../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { withValue } from '../url-state/url-state.js';
import { type Column, DataTable, type HowAsked } from './data-table.js';
import { ValueIcon } from './value-icon.js';

type Number = Exclude<
  keyof BreakdownRow,
  'value' | 'values' | 'revenue' | 'goal_value' | 'previous' | 'standard_errors'
>;

/** The metrics of a value, most important first. */
function metricsFor(by: Breakdown): readonly [Number, ...Number[]] {
  switch (by) {
    case 'page':
      return ['page_views', 'sessions', 'average_engaged_ms', 'exit_rate'];
    case 'exit_page':
      return ['exits', 'page_views', 'exit_rate'];
    case 'event_name':
      return ['events'];
    case 'click_target':
      return ['clicks'];
    case 'conversion_type':
      return ['conversions', 'sessions', 'conversion_rate'];
    default:
      return ['sessions', 'page_views', 'bounce_rate', 'conversion_rate'];
  }
}

const SHARES: ReadonlySet<Number> = new Set<Number>(['exit_rate', 'bounce_rate', 'conversion_rate']);

const isPage = (by: Breakdown): boolean => ['page', 'entry_page', 'exit_page'].includes(by);

/** Rows requested of a breakdown; a CSV has all stored rows. */
export const ROWS = '300';
const ALL_ROWS = '10000';
const NONE: BreakdownRow[] = [];

/** Of these no session can be told by: they stand for many. */
const isFilter = (value: string): boolean => value !== '(other)';

interface BreakdownTableProps {
  by: Breakdown;
  /** The largest. */
  rows: readonly BreakdownRow[];
  /** How many there are. */
  count: number;
  /** The query of the rows: it is sent again to load more of them. */
  query: Query;
}

export function BreakdownTable({ by, rows, count, query }: BreakdownTableProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const metrics = useMessages(METRIC_MESSAGES);
  const { urlState, client, format, go, hrefTo, language } = useApp();
  const [how, setHow] = useState<HowAsked>({ search: '', sort: undefined });
  const isRemote = count > rows.length;
  const isChanged = how.search.trim() !== '' || how.sort !== undefined;
  const question = {
    ...query,
    breakdown: by,
    compare: undefined,
    search: how.search.trim() || undefined,
    metric: how.sort?.by,
    order: how.sort?.isAscending ? 'asc' : undefined,
  };
  const result = useQuery('/stats', isRemote && isChanged ? { ...question, limit: ROWS } : undefined);
  const asked = isRemote && isChanged ? result.data : undefined;
  const isBusy = isRemote && isChanged && result.data === undefined;
  const shown = isBusy ? NONE : (asked?.breakdowns[by] ?? rows);
  const label = (value: string) => valueLabel(by, value, language, format);
  const details = (value: string): string | undefined => {
    if (isPage(by) && isFilter(value)) return hrefTo({ view: 'page', own: { path: value } });
    return by === 'source' && isFilter(value) ? hrefTo({ view: 'source', own: { name: value } }) : undefined;
  };
  const first: Column<BreakdownRow> = {
    id: 'value',
    label: names[by],
    value: ({ value }) => (isPage(by) ? label(value) : value),
    show: ({ value }) => {
      const href = details(value);
      return (
        <span class="row-name">
          <ValueIcon dimension={by} value={value} />
          {isFilter(value) ? (
            <button
              type="button"
              title={shell.only(label(value))}
              onClick={() => go({ filters: withValue(urlState.filters, by, value) })}
            >
              <bdi>{label(value)}</bdi>
            </button>
          ) : (
            <span>{label(value)}</span>
          )}
          {href !== undefined && (
            <a
              href={href}
              title={messages.details_of(label(value))}
              aria-label={messages.details_of(label(value))}
            >
              ↗
            </a>
          )}
        </span>
      );
    },
  };
  const [main, ...more] = metricsFor(by);
  const column = (id: Number): Column<BreakdownRow> => ({
    id,
    label: id in metrics ? metrics[id as keyof typeof metrics] : messages[id as 'exits' | 'exit_rate'],
    value: (row) => row[id] ?? null,
    show: (row) => {
      const value = row[id];
      if (value === undefined || value === null) return '–';
      if (id === 'average_engaged_ms') return format.duration(value);
      return SHARES.has(id) ? format.percent(value) : format.number(value);
    },
  });
  const all = async () => {
    const data = await client.read('/stats', { ...question, limit: ALL_ROWS });
    const kept = data.breakdowns[by] ?? [];
    const isCut = (data.row_counts[by] ?? 0) > kept.length;
    return { rows: kept, ...(isCut ? { note: shell.csv_cut(format.number(kept.length)) } : {}) };
  };
  return (
    <DataTable
      name={names[by]}
      rows={shown}
      columns={[first, column(main), ...more.map(column)]}
      rowKey={({ value }) => value}
      text={({ value }) => `${value} ${label(value)}`}
      bars={main}
      remote={isRemote ? { count: asked?.row_counts[by] ?? count, isBusy, ask: setHow } : undefined}
      all={isRemote ? all : undefined}
    />
  );
}
