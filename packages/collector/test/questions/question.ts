/** Random questions for `GET /api/stats`. */
import { DAY_MS, HOUR_MS } from '../../src/time/ms.js';
import { createRandom, type Random } from '../tail/random.js';

export interface Filter {
  field: string;
  values: string[];
}

export interface Question {
  from: number;
  to: number;
  interval: string;
  timezone: string;
  breakdowns: string[];
  filters: Filter[];
  byEvent: boolean;
  isCompared: boolean;
  columns: boolean;
  table: { sort?: string; order?: string; limit?: number; offset?: number; search?: string };
}

const FIVE_MINUTES_MS = 300_000;
const ZONES = ['UTC', 'Asia/Seoul', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu'];
const BREAKDOWNS = [
  ...['page', 'exit_page', 'entry_page', 'source', 'country', 'device', 'utm_campaign', 'visitor_type'],
  ...['event_name', 'click_target', 'conversion_type', 'hour_of_week', 'hostname', 'title', 'page_group'],
  ...[
    'prop:plan',
    'prop:seats',
    'source*device',
    'page_group*country',
    'prop:plan*source',
    'page*event_name',
  ],
];
/** What filters can be given, by field. */
const VALUES: Record<string, readonly string[]> = {
  page: ['/', '/cart', '/blog/*', '~BLOG', '*2/', '/café'],
  exit_page: ['/cart', '/blog/*', '~product'],
  entry_page: ['/', '/products/*'],
  source: ['google', '(direct)', '*', 'n*s'],
  country: ['KR', '(unknown)', '*'],
  device: ['mobile', 'desktop'],
  utm_campaign: ['spring', 'Sp\\*ring', '*', '*ring'],
  visitor_type: ['new', 'returning', '(unknown)'],
  event_name: ['signup', 'page_view', 'renewed', 's*'],
  click_target: ['button#buy', '~GO'],
  conversion_type: ['purchase', 'lead'],
  hour_of_week: ['1-*', '*-09', '3-12'],
  hostname: ['shop.example', 'www.docs.shop.example', '*.example'],
  title: ['~blog', 'Title of /cart', '*/products*'],
  page_group: ['/products/:id', 'Blog', '/cart', '~prod', '/products/:id/'],
  'prop:plan': ['pro', '~TE', '*', 'f*'],
  'prop:seats': ['>=20', '<5', '7'],
};

const pick = <Item>({ int }: Random, items: readonly Item[]): Item => items[int(items.length)] as Item;

/** @param arrivals of all that is stored, in ms: every other range begins or ends among those of a session. Default: none does */
export function createQuestion(seed: number, now: number, arrivals: readonly number[] = []): Question {
  const random = createRandom(seed);
  const { int, maybe } = random;
  const { from, to } = createRange(random, now, arrivals);
  const isShort = to - from <= DAY_MS;
  const fields = Object.keys(VALUES);
  const filters = Array.from({ length: maybe(0.3) ? 0 : 1 + int(2) }, (): Filter => {
    const field = pick(random, fields);
    const values = Array.from(
      { length: 1 + int(2) },
      () => (maybe(0.3) ? '!' : '') + pick(random, VALUES[field] ?? []),
    );
    return { field, values };
  }).filter(({ field }, index, all) => all.findIndex((other) => other.field === field) === index);
  const hasExit = filters.some(({ field }) => field === 'exit_page');
  return {
    ...{ from, to, filters },
    interval: pick(random, isShort ? ['5m', 'hour', 'day'] : ['hour', 'day', 'week', 'month']),
    timezone: pick(random, ZONES),
    breakdowns: [...new Set([pick(random, BREAKDOWNS), pick(random, BREAKDOWNS)])],
    byEvent: filters.length > 0 && !hasExit && maybe(0.3),
    isCompared: maybe(0.3),
    columns: maybe(0.3),
    table: {
      ...(maybe(0.5) ? { sort: pick(random, ['events', 'value', 'visitors', 'conversions']) } : {}),
      ...(maybe(0.3) ? { order: 'asc' } : {}),
      ...(maybe(0.2) ? { limit: 1 + int(4), offset: int(3) } : {}),
      ...(maybe(0.2) ? { search: pick(random, ['o', 'BLOG', '1']) } : {}),
    },
  };
}

function createRange(random: Random, now: number, arrivals: readonly number[]): { from: number; to: number } {
  const { int, maybe } = random;
  const step = pick(random, [FIVE_MINUTES_MS, HOUR_MS, DAY_MS]);
  const round = (ms: number) => Math.floor(ms / step) * step;
  const roundFinely = (ms: number) => Math.floor(ms / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const from = round(now - 6 * DAY_MS + int(6 * DAY_MS));
  const to = Math.max(from + step, round(from + int(now - from)) + (maybe(0.2) ? 2 * DAY_MS : 0));
  if (arrivals.length === 0 || maybe(0.5)) return { from, to };
  const edge = roundFinely(pick(random, arrivals)) + FIVE_MINUTES_MS;
  const other = roundFinely(pick(random, arrivals));
  return { from: Math.min(edge, other), to: Math.max(edge, other) + (edge === other ? FIVE_MINUTES_MS : 0) };
}

export function toParameters(question: Question, whole = false): URLSearchParams {
  const { from, to, interval, timezone, breakdowns, filters, byEvent, isCompared, columns, table } = question;
  const query = new URLSearchParams({
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval, timezone },
    breakdown: breakdowns.join(','),
    ...(byEvent ? { filter_by: 'event' } : {}),
    ...(isCompared ? { compare: 'previous' } : {}),
    ...(columns ? { columns: 'visitors,revenue,bounce_rate' } : {}),
    ...(whole ? { limit: '1000' } : {}),
  });
  for (const { field, values } of filters) for (const value of values) query.append(field, value);
  if (!whole) for (const [name, value] of Object.entries(table)) query.set(name, String(value));
  return query;
}
