/** The state of the page in its URL's query: the same URL shows the same view. Pure. */
import { type FilterField, isBreakdown, isFilterField } from '../series/filter-field.js';
import { type Compare, parseCompare } from './compare.js';
import { toLiteral } from './filter-pattern.js';
import { DEFAULT_RANGE, isRange } from './range.js';

export { type FilterField, isBreakdown, isFilterField };

/** A session passes that has the value, or matches it where it is a pattern as `/blog/*`; with `not` one that does not. */
export interface Filter {
  by: FilterField;
  value: string;
  not: boolean;
}

export interface UrlState {
  view: string;
  /** Undefined: the collector's default site. */
  site: string | undefined;
  /** A preset as `7d`, dates as `2026-01-01..2026-01-31`, or instants. */
  range: string;
  /** The period that is shown beside, if any. */
  compare: Compare | undefined;
  /** IANA name; undefined: the site's. */
  timezone: string | undefined;
  filters: readonly Filter[];
  /** The session whose timeline is open. */
  session: string | undefined;
  /** What is the view's own, as `metric` and `tab`; another view starts without. */
  own: Readonly<Record<string, string>>;
}

export const START: UrlState = {
  view: 'overview',
  site: undefined,
  range: DEFAULT_RANGE,
  compare: undefined,
  timezone: undefined,
  filters: [],
  session: undefined,
  own: {},
};

/** What can be wrong with it is left out: an old link still opens. */
export function parseUrlState(search: string): UrlState {
  const query = new URLSearchParams(search);
  const own: Record<string, string> = {};
  const filters: Filter[] = [];
  for (const [name, value] of query) {
    if (isFilterField(name)) filters.push(parseFilter(name, value));
    else if (!COMMON.has(name)) own[name] = value;
  }
  const range = query.get('range') ?? '';
  return {
    view: viewOf(query.get('view')),
    site: query.get('site') || undefined,
    range: isRange(range) ? range : START.range,
    compare: parseCompare(query.get('compare'), query.get('align')),
    timezone: query.get('timezone') || undefined,
    filters,
    session: query.get('session') || undefined,
    own,
  };
}

/** What views were called before, in old links. */
const OLD_VIEWS: Readonly<Record<string, string>> = { 'over-time': 'overview' };

const viewOf = (asked: string | null): string =>
  asked && Object.hasOwn(OLD_VIEWS, asked) ? (OLD_VIEWS[asked] ?? START.view) : asked || START.view;

/** Begins with `?`; empty where all is as at the start. */
export function formatUrlState(urlState: UrlState): string {
  const query = new URLSearchParams();
  if (urlState.view !== START.view) query.set('view', urlState.view);
  if (urlState.site) query.set('site', urlState.site);
  if (urlState.range !== START.range) query.set('range', urlState.range);
  if (urlState.compare) query.set('compare', urlState.compare.to);
  if (urlState.compare?.isAligned) query.set('align', 'weekday');
  if (urlState.timezone) query.set('timezone', urlState.timezone);
  for (const filter of urlState.filters) query.append(filter.by, formatFilter(filter));
  for (const [name, value] of Object.entries(urlState.own)) query.set(name, value);
  if (urlState.session) query.set('session', urlState.session);
  return query.size > 0 ? `?${query}` : '';
}

/** As the API takes it: `!` before a value means without it. */
export const formatFilter = ({ value, not }: Filter): string => (not ? `!${value}` : value);

const parseFilter = (by: FilterField, raw: string): Filter =>
  raw.startsWith('!') ? { by, value: raw.slice(1), not: true } : { by, value: raw, not: false };

const COMMON = new Set(['view', 'site', 'range', 'compare', 'align', 'timezone', 'session']);

/** What changes; a new `view` starts without what was the old one's own. Null in `own` removes. */
export type UrlStateChange = Partial<Omit<UrlState, 'own'>> & {
  own?: Readonly<Record<string, string | null>>;
};

export function updateUrlState(urlState: UrlState, change: UrlStateChange): UrlState {
  const isOther = change.view !== undefined && change.view !== urlState.view;
  const own = Object.entries({ ...(isOther ? {} : urlState.own), ...change.own }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return { ...urlState, ...(isOther ? { session: undefined } : {}), ...change, own: Object.fromEntries(own) };
}

/** With a filter for that value, also where it reads like a pattern. */
export const withValue = (filters: readonly Filter[], by: FilterField, value: string): Filter[] =>
  withFilter(filters, { by, value: toLiteral(value), not: false });

/** With that filter, once. */
export function withFilter(filters: readonly Filter[], added: Filter): Filter[] {
  return [...withoutFilter(filters, added), added];
}

export function withoutFilter(filters: readonly Filter[], { by, value }: Pick<Filter, 'by' | 'value'>) {
  return filters.filter((filter) => filter.by !== by || filter.value !== value);
}
