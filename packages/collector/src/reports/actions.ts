/** `GET /api/actions`: outbound links, downloads, forms, searches and missing pages, by value. */
import { ACTION_KINDS, type ActionKind, type ActionsData } from '@liveinsight/schema';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText, parseSearch } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { ACTIONS } from './action-kinds.js';
import { REPORT_PARAMETERS, readRestriction, toReportFrame } from './scan-report.js';
import { scanValueGroups } from './scan-value-groups.js';

const ROWS = { max: 1_000, default: 100 };
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
  const { groups, events, set, notes } = await scanValueGroups(context, site, plan);
  const found = groups.filter(({ value }) => hasText(value, search));
  return {
    ...toReportFrame(site, plan, set),
    kind,
    ...events,
    rows: found.slice(0, limit).map(({ value, numbers, pages }) => ({ value, ...numbers, pages })),
    row_count: found.length,
    ...toNoteFields(notes),
  };
}

function parseKind(query: URLSearchParams): ActionKind {
  const raw = query.get('kind');
  const kind = ACTION_KINDS.find((one) => one === raw);
  if (!kind) throw invalid('kind', `must be one of ${ACTION_KINDS.join(', ')}`);
  return kind;
}
