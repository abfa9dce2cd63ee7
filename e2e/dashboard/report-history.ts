/** Four hundred visits of one week, each by rules that a test can count again: what reports are to find. Pure. */
import { toImportLine } from './import-line.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days before today that have visits. */
const DAYS = 5;
const VISITS = 400;
/** Largest Contentful Paint by landing page: poor, good, in between. */
const PAINTED_MS = { '/pricing': 4_500, '/blog/a': 1_200, '/': 2_600 } as const;

export interface ReportVisit {
  id: string;
  at: number;
  entry: keyof typeof PAINTED_MS;
  variant: 'control' | 'blue';
  campaign: string | undefined;
  referrer: string;
  country: 'KR' | 'DE';
  device: 'mobile' | 'desktop';
  release: '1.9' | '2.0';
  user: string | undefined;
  /** What they signed up for, if they did. */
  plan: 'pro' | 'free' | undefined;
  seats: number;
  order: { value: number; product: 'socks' | 'hat' } | undefined;
  hasError: boolean;
  followsLink: boolean;
  searches: boolean;
}

/** @param now the visits are of the whole days before it */
export function reportVisits(now: number): ReportVisit[] {
  const today = now - (now % DAY_MS);
  return Array.from({ length: VISITS }, (_, index): ReportVisit => {
    const rank = Math.floor(index / 2) % 10;
    const isBlue = index % 2 === 1;
    return {
      id: `r${index}`,
      at: today - (1 + (Math.floor(index / 10) % DAYS)) * DAY_MS + 8 * 3_600_000 + (index % 50) * MINUTE_MS,
      entry: rank < 3 ? '/pricing' : rank < 5 || rank > 7 ? '/blog/a' : '/',
      variant: isBlue ? 'blue' : 'control',
      campaign: index % 4 === 1 ? 'spring' : undefined,
      referrer: ['https://www.google.com/', '', '', 'https://chatgpt.com/'][index % 4] ?? '',
      country: index % 2 === 0 ? 'KR' : 'DE',
      device: index % 3 === 0 ? 'mobile' : 'desktop',
      release: index < VISITS / 2 ? '1.9' : '2.0',
      user: index % 200 === 7 ? 'customer-7' : undefined,
      plan: rank < (isBlue ? 5 : 2) ? (rank === 0 ? 'free' : 'pro') : undefined,
      seats: rank + 1,
      order:
        index % 10 === 3
          ? { value: index % 20 === 3 ? 30 : 20, product: index % 20 === 3 ? 'hat' : 'socks' }
          : undefined,
      hasError: index % 12 === 0 && index >= VISITS / 2,
      followsLink: index % 6 === 0,
      searches: index % 15 === 0,
    };
  });
}

const STACK =
  'TypeError: x is undefined\n    at render (https://shop.example/app.js:10:5)\n    at main (app.js:1:1)';

/** A line of an import. */
export function toLine(visit: ReportVisit): object {
  const { entry, variant, release, plan, order } = visit;
  const page_url = `https://shop.example${entry}`;
  const custom = (name: string, props: object) => ({ event_type: 'custom', name, page_url, props });
  const events = [
    { event_type: 'page_view', page_url, view: 1, first_on_page: true },
    custom('exposure', { variant }),
    custom('web_vital', { name: 'LCP', value: PAINTED_MS[entry] }),
    ...(plan ? [custom('signup', { plan, seats: visit.seats })] : []),
    ...(order
      ? [
          {
            event_type: 'conversion',
            conversion_type: 'purchase',
            page_url,
            value: order.value,
            currency: 'EUR',
            props: { product: order.product },
            nth: 1,
            nth_of_type: 1,
          },
        ]
      : []),
    ...(visit.hasError ? [custom('error', { message: 'x is undefined', stack: STACK, release })] : []),
    ...(visit.followsLink ? [custom('outbound_click', { url: 'https://bank.example/pay' })] : []),
    ...(visit.searches ? [custom('search', { query: '<b>socks</b>' })] : []),
  ];
  return toImportLine(visit, events);
}

/** Page views of crawlers, by name, operator and kind. */
export const CRAWLERS = [
  { name: 'GPTBot', operator: 'OpenAI', category: 'ai_crawler', views: 20 },
  { name: 'ClaudeBot', operator: 'Anthropic', category: 'ai_crawler', views: 10 },
  { name: 'Googlebot', operator: 'Google', category: 'crawler', views: 5 },
] as const;

/** Lines of an import. */
export const crawlerLines = (now: number): object[] =>
  CRAWLERS.map(({ name, operator, category, views }) => {
    const at = now - (now % DAY_MS) - DAY_MS / 2;
    const events = Array.from({ length: views }, (_, index) => ({
      event_id: `${name}-${index}`,
      event_type: 'page_view',
      timestamp: at + index * 1_000,
      page_url: 'https://shop.example/pricing',
    }));
    return {
      received_at: at + views * 1_000,
      ...{ site: 'shop', batch: name, session: { session_id: name }, visitor_id: `v-${name}`, events },
      ...{
        bot: true,
        bot_name: name,
        bot_operator: operator,
        bot_category: category,
        bot_reason: 'user_agent',
      },
    };
  });
