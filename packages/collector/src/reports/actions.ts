/** `GET /api/actions`: outbound links, downloads, forms, searches and missing pages, by value. */
import { ACTION_KINDS, type ActionKind, type ActionsData } from '@liveinsight/schema';
import { getValueGroupsGroups, type ValueGroup, ValueGroups } from '../engine/value-groups.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { createNote, type Note, toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText, parseSearch } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { ACTIONS } from './action-kinds.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const ROWS = { max: 1_000, default: 100 };
/** Pages of each value that are listed. */
const MAX_PAGES = 5;
const PARAMETERS = new Set<string>([...REPORT_PARAMETERS, 'kind', 'search', 'limit']);

export async function getActions(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<ActionsData> {
  rejectUnknown(query, PARAMETERS);
  const kind = parseKind(query);
  const [search, limit] = [parseSearch(query), parseLimit(query, ROWS)];
  const plan = {
    ...(await readRestriction(context, site, query)),
    ...ACTIONS[kind],
    hasTimes: false,
  };
  const { scan, set, notes } = await scanReport(
    context,
    site,
    plan,
    getValueGroupsGroups,
    (known) => new ValueGroups(known),
  );
  const rows = scan.finish();
  const found = rows.filter(({ value }) => hasText(value, search));
  return {
    ...toReportFrame(site, plan, set),
    kind,
    events: rows.reduce((sum, { events }) => sum + events, 0),
    rows: found.slice(0, limit).map(({ value, events, sessions, visitors, pages }) => ({
      ...{ value, events, sessions, visitors },
      pages: listPages(pages),
    })),
    row_count: found.length,
    ...toNoteFields([...notes, ...toGroupNotes(scan)]),
  };
}

export const listPages = (pages: ValueGroup['pages']) => pages.slice(0, MAX_PAGES);

export function toGroupNotes({ share }: ValueGroups): Note[] {
  if (share === 1) return [];
  const message = `sessions and visitors are estimates from one of ${share} of them`;
  return [createNote('rows_estimated', message, { count: share })];
}

function parseKind(query: URLSearchParams): ActionKind {
  const raw = query.get('kind');
  const kind = ACTION_KINDS.find((one) => one === raw);
  if (!kind) throw invalid('kind', `must be one of ${ACTION_KINDS.join(', ')}`);
  return kind;
}
