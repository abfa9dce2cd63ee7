/** Weeks of a small shop, and the same weeks of last year, by rules that a test can count again: for the questions of every day. Pure. */
import { toImportLine } from './import-line.js';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Visits of a day. */
const A_DAY = 24;
const DAYS = 35;
/** A year with the same weekdays. */
export const YEAR_DAYS = 364;
const PAINTED_MS: Record<string, number> = {
  '/': 2_600,
  '/pricing': 4_500,
  '/blog/a': 1_200,
  '/blog/b': 900,
};

export interface ShopVisit {
  id: string;
  at: number;
  pages: readonly string[];
  device: 'mobile' | 'desktop';
  city: readonly [country: string, city: string];
  campaign: string | undefined;
  referrer: string;
  release: string;
  user: string | undefined;
  plan: 'pro' | 'free' | undefined;
  order: { value: number; product: string } | undefined;
  hasError: boolean;
  followsLink: boolean;
  downloads: boolean;
}

export const startOfDay = (at: number): number => at - (at % DAY_MS);
/** Monday, 0 o'clock UTC. */
export const startOfWeek = (at: number): number =>
  startOfDay(at) - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;

const CITIES = [
  ['KR', 'Seoul'],
  ['DE', 'Berlin'],
  ['DE', 'Hamburg'],
  ['KR', 'Seoul'],
] as const;

/** Of all days up to `now`, and of the same days a year before, when there were a third of them. */
export function shopVisits(now: number): ShopVisit[] {
  const today = startOfDay(now);
  const days = Array.from({ length: DAYS }, (_, ago) => today - ago * DAY_MS);
  return [
    ...days.flatMap((day) => Array.from({ length: A_DAY }, (_, kind) => visit(day, kind, now))),
    ...days.flatMap((day) =>
      Array.from({ length: A_DAY / 3 }, (_, kind) => visit(day - YEAR_DAYS * DAY_MS, kind, now)),
    ),
  ].filter(({ at }) => at < now - HOUR_MS);
}

function visit(day: number, kind: number, now: number): ShopVisit {
  const number = Math.round(day / DAY_MS);
  const isRecent = day > startOfDay(now) - 7 * DAY_MS;
  const isLastWeek = day >= startOfWeek(now) - 7 * DAY_MS;
  const device = kind % 2 === 0 ? 'mobile' : 'desktop';
  const isEven = number % 2 === 0;
  // Each of the first half of a day's visits is of a kind of its own; the others look at one page.
  const campaign = kind === 0 || kind === 6 ? 'spring' : kind === 1 || kind === 7 ? 'summer' : undefined;
  const release = day > startOfDay(now) - 3 * DAY_MS ? '2.0' : '1.9';
  // Spring brings more buyers since last week, summer fewer; the last release halves the orders of those who come by themselves.
  const buys =
    (kind === 0 && (isLastWeek || isEven)) ||
    (kind === 1 && (!isLastWeek || isEven)) ||
    (kind === 3 && (release === '1.9' || isEven));
  return {
    id: `s${number}-${kind}`,
    at: day + kind * HOUR_MS + number,
    pages: pagesOf(kind, isRecent, isEven),
    device,
    city: CITIES[kind % CITIES.length] ?? CITIES[0],
    campaign,
    referrer: kind === 11 ? 'https://chatgpt.com/' : kind === 9 ? 'https://www.perplexity.ai/' : '',
    release,
    user: kind === 6 && isRecent && isEven ? 'customer-7' : undefined,
    plan: kind % 4 === 0 ? (isEven ? 'pro' : 'free') : undefined,
    order: buys ? { value: kind === 3 ? 30 : 20, product: kind === 3 ? 'hat' : 'socks' } : undefined,
    hasError: kind === 7 && release === '2.0',
    followsLink: kind === 8,
    downloads: kind === 10,
  };
}

/** Blog post a has grown, b has shrunk, c is as before. Of three that fill the basket two are on a phone, and neither of them pays. */
function pagesOf(kind: number, isRecent: boolean, isEven: boolean): readonly string[] {
  if (kind === 2) return [isRecent ? '/blog/a' : '/blog/b'];
  if (kind === 3) return isEven ? ['/blog/a', '/blog/b'] : ['/blog/a'];
  if (kind === 8) return ['/blog/c'];
  if (kind === 5) return ['/', '/cart', '/checkout', '/thanks'];
  if (kind === 10) return ['/', '/cart', '/checkout'];
  if (kind === 4) return ['/', '/cart'];
  if (kind >= A_DAY / 2) return [kind % 2 === 0 ? '/' : '/pricing'];
  return kind % 4 === 0 ? ['/pricing'] : ['/'];
}

/** A line of an import. */
export function toShopLine(visit: ShopVisit): object {
  const { pages, city, release, plan, order } = visit;
  const entry = `https://shop.example${pages[0]}`;
  const custom = (name: string, props: object) => ({
    event_type: 'custom',
    name,
    page_url: entry,
    props,
  });
  const events = [
    ...pages.map((page, index) => ({
      event_type: 'page_view',
      page_url: `https://shop.example${page}`,
      view: index + 1,
      first_on_page: true,
    })),
    custom('web_vital', { name: 'LCP', value: PAINTED_MS[pages[0] ?? ''] ?? 2_000 }),
    ...(plan ? [custom('signup', { plan })] : []),
    ...(order
      ? [
          {
            ...{ event_type: 'conversion', conversion_type: 'purchase', page_url: entry, currency: 'EUR' },
            ...{ value: order.value, props: { product: order.product }, nth: 1, nth_of_type: 1 },
          },
        ]
      : []),
    ...(visit.hasError ? [custom('error', { message: 'x is undefined', stack: 'at main', release })] : []),
    ...(visit.followsLink ? [custom('outbound_click', { url: 'https://bank.example/pay' })] : []),
    ...(visit.downloads ? [custom('file_download', { url: 'https://shop.example/list.pdf' })] : []),
  ];
  const [country, place] = city;
  return toImportLine({ ...visit, entry: pages[0], country, city: place }, events);
}
