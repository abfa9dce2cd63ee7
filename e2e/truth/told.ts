/** What a page says of single events and sessions, in words, as a person with the facts would write it. */
import type { Fact, Session } from './history.js';
import { duration, money } from './screen.js';

export const countries = new Intl.DisplayNames('en-GB', { type: 'region' });
export const languages = new Intl.DisplayNames('en-GB', { type: 'language' });
/** What the page calls values that the API has its own words for; other values are shown as they are. */
const NAMES: Record<string, string> = {
  '(direct)': 'Direct',
  direct: 'Direct',
  organic_search: 'Organic search',
  organic_social: 'Organic social',
  paid_search: 'Paid search',
  paid_social: 'Paid social',
  affiliate: 'Affiliate',
  referral: 'Referral',
  email: 'Email',
  campaign: 'Campaign',
  google: 'Google',
  facebook: 'Facebook',
  naver: 'Naver',
  instagram: 'Instagram',
  reddit: 'Reddit',
  duckduckgo: 'DuckDuckGo',
  hackernews: 'Hacker News',
  desktop: 'Desktop',
  mobile: 'Mobile',
  tablet: 'Tablet',
  page_view: 'Page view',
  page_exit: 'Page leave',
  click: 'Click',
  conversion: 'Conversion',
};
/** What the page calls metrics. */
export const METRIC_NAMES = {
  visitors: 'Visitors',
  sessions: 'Sessions',
  page_views: 'Page views',
  views_per_session: 'Views per session',
  conversions: 'Conversions',
  conversion_rate: 'Conversion rate',
  bounce_rate: 'Bounce rate',
  average_session_duration_ms: 'Avg. session duration',
  average_engaged_ms: 'Avg. engagement time',
  events: 'Events',
  clicks: 'Clicks',
  revenue: 'Revenue',
} as const;

export const nameOf = (value: string): string => NAMES[value] ?? value;
export const sourceName = ({ source }: Session) => nameOf(source);

export const clock = (zone: string, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...options,
  });
  return (ms: number) => format.format(ms);
};
export const byTime = (facts: Fact[]) => [...facts].sort((a, b) => a.time - b.time);
export const byArrival = (facts: Fact[]) => [...facts].sort((a, b) => a.arrival - b.arrival);
export const sorted = (rows: string[][]) => rows.toSorted((a, b) => (a.join() < b.join() ? -1 : 1));

const KINDS: Record<Exclude<Fact['kind'], 'custom'>, string> = {
  page_view: 'Page view',
  click: 'Click',
  conversion: 'Conversion',
  page_exit: 'Page leave',
};
export const whatOf = ({ kind, name = '' }: Fact): string => (kind === 'custom' ? name : KINDS[kind]);

export function detailOf({ kind, target = '', type = '', value, currency, engaged }: Fact): string {
  if (kind === 'click') return target.split('#')[1] ?? '';
  if (kind === 'conversion') return currency ? `${type}, ${money(value, currency)}` : type;
  return kind === 'page_exit' ? `${duration(engaged ?? 0)} engaged` : '';
}

/** Where a session is: on the page that it viewed last. */
export const pageOf = (facts: Fact[]): string =>
  byTime(facts).findLast(({ kind }) => kind === 'page_view')?.page ?? '';
export const lasted = (facts: Fact[]): number => {
  const own = byTime(facts);
  return (own.at(-1)?.time ?? 0) - (own[0]?.time ?? 0);
};
