/** What `GET /api/stats` is to answer, by a plain fold over the stored events: on purpose without any code of the product. */
import type { StoredEvent } from '../../src/storage/event-store.js';
import type { SentBatch } from './history.js';
import type { Filter, Question } from './question.js';

export interface Happened {
  batch: SentBatch;
  event: StoredEvent;
}

type Numbers = Record<string, number | Record<string, number> | null>;
export interface Expected {
  totals: Numbers;
  rows: Map<string, Numbers>;
}

const isView = ({ event }: Happened): boolean => event.event_type === 'page_view';
const distinct = (items: readonly string[]): number => new Set(items).size;
const sum = (items: readonly number[]): number => items.reduce((all, one) => all + one, 0);
const share = (part: number, all: number): number => (all > 0 ? Math.min(1, Math.max(0, part / all)) : 0);
const mean = (part: number, all: number): number => (all > 0 ? Math.round(part / all) : 0);

const UNSET = ['', '(direct)', '(unknown)'];

/** Whether one value is meant by one value of a filter, without its `!`. */
function means(raw: string, value: string): boolean {
  if (raw === '*') return !UNSET.includes(value);
  if (raw.startsWith('~'))
    return decodeURIComponent(value).toLowerCase().includes(raw.slice(1).toLowerCase());
  const [, operator, bound] = /^(>=|<)(.*)$/.exec(raw) ?? [];
  if (operator) return operator === '<' ? Number(value) < Number(bound) : Number(value) >= Number(bound);
  const pattern = raw.replace(/\\\*|\*|[.+?^${}()|[\]]/g, (part) =>
    part === '*' ? '.*' : part === '\\*' ? '\\*' : `\\${part}`,
  );
  return new RegExp(`^${pattern}$`).test(decodeURIComponent(value));
}

const toHost = (text: string): string => text.replace(/^www\./, '');

function meansField(field: string, raw: string, value: string): boolean {
  if (field === 'hostname' && !raw.includes('*')) return means(toHost(raw), value);
  if (field === 'page_group') return means(raw.length > 1 ? raw.replace(/\/$/, '') : raw, value);
  return means(raw, value);
}

function toPage({ event }: Happened): string | undefined {
  return event.page_url === undefined ? undefined : new URL(event.page_url).pathname;
}

/** The rules that the test has saved. */
function toGroup(page: string): string {
  if (/^\/products\/[^/]+\/?$/.test(page)) return '/products/:id';
  if (/^\/blog\/./.test(page)) return 'Blog';
  return page.length > 1 ? page.replace(/\/$/, '') : page;
}

function readVisitorType({ session_id, visitor_id }: SentBatch): string {
  if (session_id.startsWith('server') || visitor_id.startsWith('day')) return '(unknown)';
  return visitor_id.slice(0, 8) === session_id.slice(0, 8) ? 'new' : 'returning';
}

function toHourOfWeek(ms: number, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const read = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(read.weekday ?? '') + 1;
  return `${day}-${read.hour}`;
}

/** The value of one event; a page is where it happened. */
function readValue(happened: Happened, field: string, timezone: string): string | undefined {
  const { batch, event } = happened;
  const page = toPage(happened);
  if (field.startsWith('prop:')) {
    const value = event.props?.[field.slice('prop:'.length)];
    return value === undefined ? undefined : String(value);
  }
  switch (field) {
    case 'page':
    case 'exit_page':
      return page;
    case 'page_group':
      return page === undefined ? undefined : toGroup(page);
    case 'hostname':
      return event.page_url && toHost(new URL(event.page_url).host);
    case 'title':
      return event.page_title;
    case 'entry_page':
      return batch.entry_page;
    case 'source':
      return batch.source ?? '(direct)';
    case 'country':
      return batch.country ?? '(unknown)';
    case 'device':
      return batch.device;
    case 'utm_campaign':
      return batch.utm?.campaign;
    case 'visitor_type':
      return readVisitorType(batch);
    case 'event_name':
      return event.event_type === 'custom' ? event.name : event.event_type;
    case 'click_target':
      return event.event_type === 'click' ? `button#${event.element_id}` : undefined;
    case 'conversion_type':
      return event.event_type === 'conversion' ? event.conversion_type : undefined;
    case 'hour_of_week':
      return toHourOfWeek(batch.received_at, timezone);
    default:
      throw new Error(`no value of ${field}`);
  }
}

function passes(values: (string | undefined)[], { field, values: raw }: Filter): boolean {
  const known = values.filter((value) => value !== undefined);
  // A lower and an upper bound are one range.
  const any = (wanted: string[]) =>
    known.some((value) => {
      const [lower, upper] = ['>=', '<'].map((sign) => wanted.filter((one) => one.startsWith(sign)));
      const isOneOf = (some: string[] = []) => some.some((one) => meansField(field, one, value));
      const isRange = lower?.length && upper?.length && !(isOneOf(lower) && isOneOf(upper));
      return isOneOf(isRange ? wanted.filter((one) => !/^(?:>=|<)/.test(one)) : wanted);
    });
  const included = raw.filter((one) => !one.startsWith('!'));
  const excluded = raw.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  return (included.length === 0 || any(included)) && !any(excluded);
}

function sessionValues(events: Happened[], field: string, timezone: string): (string | undefined)[] {
  const views = events.filter(isView);
  if (field === 'exit_page') {
    const last = Math.max(...views.map(({ event }) => event.timestamp));
    const ended = views.filter(({ event }) => event.timestamp === last).flatMap((one) => toPage(one) ?? []);
    return ended.sort().slice(-1);
  }
  const of = field === 'page' || field === 'page_group' ? views : events;
  return of.map((one) => readValue(one, field, timezone));
}

/** What arrived within the range and passes. */
export function pickEvents(
  history: readonly SentBatch[],
  { filters, byEvent, timezone }: Pick<Question, 'filters' | 'byEvent' | 'timezone'>,
  from: number,
  to: number,
): Happened[] {
  const inside = history
    .filter(({ received_at, bot }) => received_at >= from && received_at < to && !bot)
    .flatMap((batch) => batch.events.map((event): Happened => ({ batch, event })));
  if (byEvent)
    return inside.filter((one) =>
      filters.every((filter) => passes([readValue(one, filter.field, timezone)], filter)),
    );
  const sessions = groupBy(inside, ({ batch }) => batch.session_id);
  return inside.filter(({ batch }) =>
    filters.every((filter) =>
      passes(sessionValues(sessions.get(batch.session_id) ?? [], filter.field, timezone), filter),
    ),
  );
}

function groupBy<Item>(items: Item[], getKey: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(getKey(item), [...(groups.get(getKey(item)) ?? []), item]);
  return groups;
}

const countIf = (events: Happened[], test: (event: StoredEvent) => boolean): number =>
  events.filter(({ event }) => test(event)).length;

/** What events count by themselves. */
function count(events: Happened[]) {
  return {
    events: events.length,
    page_views: countIf(events, ({ event_type }) => event_type === 'page_view'),
    clicks: countIf(events, ({ event_type }) => event_type === 'click'),
    conversions: countIf(events, ({ event_type }) => event_type === 'conversion'),
  };
}

const countSessions = (events: Happened[]): number => distinct(events.map(({ batch }) => batch.session_id));
const countVisitors = (events: Happened[]): number => distinct(events.map(({ batch }) => batch.visitor_id));
const began = (events: Happened[]) =>
  countIf(events, (one) => one.event_type === 'page_view' && one.view === 1);

function toRevenue(events: Happened[]): Record<string, number> {
  const cents: Record<string, number> = {};
  for (const { event } of events)
    if (event.event_type === 'conversion' && event.value !== undefined && event.currency)
      cents[event.currency] = (cents[event.currency] ?? 0) + Math.round(event.value * 100);
  return Object.fromEntries(Object.entries(cents).map(([currency, amount]) => [currency, amount / 100]));
}

/** Rates of sessions that are looked at as a whole. */
function rate(events: Happened[]) {
  const sessions = began(events);
  const second = countIf(events, (one) => one.event_type === 'page_view' && one.view === 2);
  const converting = countIf(events, (one) => one.event_type === 'conversion' && one.nth === 1);
  const engaged = sum(events.map(({ event }) => ('engaged_ms' in event ? (event.engaged_ms ?? 0) : 0)));
  return {
    sessions,
    conversion_rate: share(converting, sessions),
    bounce_rate: share(sessions - second, sessions),
    average_session_duration_ms: mean(sum(events.map(({ event }) => event.gap_ms ?? 0)), sessions),
    average_engaged_ms: mean(engaged, events.filter(isView).length),
  };
}

/** Of what only some events of a visit have, so that views pass without the time that was spent on them. */
const OF_SINGLE = ['event_name', 'click_target', 'conversion_type', 'title', 'prop:plan', 'prop:seats'];

export function toTotals(
  events: Happened[],
  { byEvent, filters }: Pick<Question, 'byEvent' | 'filters'>,
): Numbers {
  const rates = rate(events);
  return {
    ...count(events),
    ...rates,
    ...(byEvent
      ? {
          sessions: countSessions(events),
          ...{ conversion_rate: null, bounce_rate: null, average_session_duration_ms: null },
          ...(filters.some(({ field }) => OF_SINGLE.includes(field)) ? { average_engaged_ms: null } : {}),
        }
      : {}),
    visitors: countVisitors(events),
    revenue: toRevenue(events),
  };
}

const OF_SESSION = ['entry_page', 'source', 'country', 'device', 'utm_campaign', 'visitor_type'];
const OF_PAGES = ['page', 'hostname', 'page_group'];

/** All rows of a breakdown, with all that can be said of them. */
export function toRows(
  events: Happened[],
  breakdown: string,
  { byEvent, timezone }: Pick<Question, 'byEvent' | 'timezone'>,
): Map<string, Numbers> {
  const fields = breakdown.split('*');
  const groups = groupBy(
    events.filter((one) => fields.every((field) => readValue(one, field, timezone) !== undefined)),
    (one) => fields.map((field) => readValue(one, field, timezone)).join(' * '),
  );
  const bySession = groupBy(events, ({ batch }) => batch.session_id);
  const rows = new Map<string, Numbers>();
  for (const [value, here] of groups) {
    // Of pages they are who viewed them: an event there of whom the view is not in the range is of no visitor of the page.
    const visits = breakdown === 'page' || breakdown === 'exit_page' ? here.filter(isView) : here;
    const visited = { visitors: countVisitors(visits), revenue: toRevenue(here) };
    if (byEvent) rows.set(value, { ...count(here), ...visited, sessions: countSessions(visits) });
    else if (fields.every((field) => OF_SESSION.includes(field)) || breakdown === 'hour_of_week')
      rows.set(value, { ...count(here), ...rate(here), ...visited });
    else
      rows.set(value, {
        ...ofEvents(here, visits, bySession, fields),
        ...visited,
        ...own(here, events, breakdown, value),
      });
  }
  return rows;
}

/** Of the sessions that have such an event, all that they did. */
function ofEvents(
  here: Happened[],
  visits: Happened[],
  bySession: Map<string, Happened[]>,
  fields: string[],
): Numbers {
  const all = [...new Set(visits.map(({ batch }) => batch.session_id))].flatMap(
    (id) => bySession.get(id) ?? [],
  );
  const { average_engaged_ms, ...rates } = rate(all);
  return {
    ...count(here),
    ...rates,
    average_engaged_ms: fields.every((field) => OF_PAGES.includes(field) || OF_SESSION.includes(field))
      ? rate(here).average_engaged_ms
      : average_engaged_ms,
  };
}

/** What breakdowns of rollups say in their own way. */
function own(here: Happened[], all: Happened[], breakdown: string, value: string): Numbers {
  const { page_views, clicks, conversions } = count(here);
  switch (breakdown) {
    case 'page':
    case 'exit_page': {
      const continued = countIf(all, (one) => one.event_type === 'page_view' && one.from_page === value);
      const exits = Math.max(0, page_views - continued);
      const sessions = countIf(here, (one) => one.event_type === 'page_view' && one.first_on_page === true);
      const converting = countIf(here, (one) => one.event_type === 'conversion' && one.nth === 1);
      return {
        ...{ sessions, exits, exit_rate: share(exits, page_views) },
        conversion_rate: share(converting, sessions),
        average_engaged_ms: rate(here).average_engaged_ms,
      };
    }
    case 'click_target':
      return { events: clicks };
    case 'conversion_type': {
      const sessions = countIf(here, (one) => one.event_type === 'conversion' && one.nth_of_type === 1);
      return { events: conversions, sessions, conversion_rate: share(sessions, began(all)) };
    }
    default:
      return {};
  }
}

/** What rows are about: without it there is no row. */
export const isRow = (breakdown: string, row: Numbers, byEvent: boolean): boolean => {
  const main: Record<string, string> = { page: 'page_views', exit_page: 'exits', hour_of_week: 'page_views' };
  const ofSession = breakdown.split('*').every((field) => OF_SESSION.includes(field));
  const name = main[breakdown] ?? (ofSession && !byEvent ? 'sessions' : 'events');
  return Number(row[name] ?? 0) > 0;
};
