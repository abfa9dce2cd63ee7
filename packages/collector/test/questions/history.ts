/** Random sessions of browsers and servers, with the ordinals that a tracker gives: the same at every run of a seed. */
import { SESSION_TIMEOUT_MS } from '@liveinsight/schema';
import type { NewBatch, StoredEvent } from '../../src/storage/event-store.js';
import { DAY_MS, HOUR_MS } from '../../src/time/ms.js';
import { createRandom, type Random } from '../tail/random.js';

/** A batch as it was stored. */
export interface SentBatch extends NewBatch {
  received_at: number;
}

const PLANS = ['free', 'pro', 'team'];
const PAGES = ['/', '/cart', '/blog/a', '/blog/b', '/products/1', '/products/2/', '/caf%C3%A9'];
const HOSTS = ['shop.example', 'www.shop.example', 'docs.shop.example'];
const SOURCES = ['google', 'news', undefined];
const COUNTRIES = ['KR', 'DE', undefined];
const DEVICES = ['mobile', 'desktop'];

const pick = <Item>({ int }: Random, items: readonly Item[]): Item => items[int(items.length)] as Item;

/** How ids of trackers are made at a time. */
const trackerId = (at: number, random: Random): string => `${at.toString(36)}0.${100 + random.int(899)}1`;

/** @param now in ms: the newest arrivals are of some minutes before */
export function createHistory(seed: number, now: number, sessions = 50): SentBatch[] {
  const random = createRandom(seed);
  const first = Math.floor(now / DAY_MS) * DAY_MS - 4 * DAY_MS;
  const visitors = new Map<number, string>();
  const batches: SentBatch[] = [];
  const starts = Array.from({ length: sessions }, () => first + random.int(now - first - 2 * HOUR_MS));
  for (const [session, start] of starts.sort().entries()) {
    batches.push(...createSession(`${seed}-${session}`, start, { random, visitors }));
  }
  return batches.filter(({ received_at }) => received_at < now - HOUR_MS / 4);
}

function createSession(
  name: string,
  start: number,
  { random, visitors }: { random: Random; visitors: Map<number, string> },
): SentBatch[] {
  const { int, maybe } = random;
  const isServer = maybe(0.15);
  const [session_id, visitor] = [trackerId(start, random), int(20)];
  // Without consent, an id of a day.
  const visitor_id = maybe(0.2) ? `day-${visitor}` : (visitors.get(visitor) ?? trackerId(start, random));
  if (!visitor_id.startsWith('day')) visitors.set(visitor, visitor_id);
  const source = pick(random, SOURCES);
  const country = pick(random, COUNTRIES);
  const common = {
    ...{ site: 'shop', session_id: isServer ? `server-${name}` : session_id, visitor_id, retention_days: 30 },
    ...(source ? { source } : {}),
    ...(country ? { country } : {}),
    ...(maybe(0.5) ? { utm: { campaign: pick(random, ['spring', 'Sp*ring']) } } : {}),
    ...{ channel: 'x', device: pick(random, DEVICES), entry_page: pick(random, PAGES) },
    ...(maybe(0.05) ? ({ bot: true } as const) : {}),
    shardAt: () => Number(session_id.at(-2)) % 2,
  };
  const tracker = createTracker(name, random, isServer);
  const batches: SentBatch[] = [];
  let at = start;
  for (let number = 0; number < 1 + int(4); number += 1) {
    const events: StoredEvent[] = [];
    for (let index = 0; index < 1 + int(4); index += 1) {
      const gap = number + index === 0 ? 0 : int(maybe(0.1) ? 3 * HOUR_MS : 120_000);
      at += gap;
      // The log measures a server's sessions, up to a session's end.
      events.push(tracker(at, isServer ? Math.min(gap, SESSION_TIMEOUT_MS) : gap));
    }
    batches.push({
      ...common,
      batch: `${name}-${number}`,
      events,
      received_at: at + (isServer ? 5_000 : int(5_000)),
    });
  }
  return batches;
}

/** As it is sent: what a server sends has no ordinals, which the log gives it. */
export function toSent(batch: SentBatch): SentBatch {
  if (!batch.session_id.startsWith('server')) return batch;
  const events = batch.events.map((event) => {
    const bare = { ...event };
    for (const name of ['view', 'first_on_page', 'from_page', 'nth', 'nth_of_type', 'gap_ms'])
      Reflect.deleteProperty(bare, name);
    return bare;
  });
  return { ...batch, events };
}

/** Makes events one after another. */
function createTracker(name: string, random: Random, isServer: boolean) {
  const { int, maybe } = random;
  const [views, types]: [string[], string[]] = [[], []];
  let number = 0;
  const host = pick(random, HOSTS);
  const isSilent = isServer && maybe(0.5);
  return (timestamp: number, gap_ms: number): StoredEvent => {
    number += 1;
    const page = pick(random, PAGES);
    const own = { event_id: `${name}.${number}`, timestamp, gap_ms };
    const onPage = { ...own, page_url: `https://${host}${views[0] ?? page}` };
    const props = maybe(0.6) ? { props: { plan: pick(random, PLANS), seats: int(30) } } : {};
    if (isSilent) return { ...own, ...props, event_type: 'custom', name: 'renewed' };
    const kind = views.length === 0 ? 0 : int(6);
    switch (kind) {
      case 0:
      case 1: {
        const before = views[0];
        const isFirst = !views.includes(page);
        views.unshift(page);
        return {
          ...{ ...own, event_type: 'page_view', view: views.length, first_on_page: isFirst },
          ...{ page_url: `https://${host}${page}`, page_title: `Title of ${page}` },
          ...(before === undefined ? {} : { from_page: before }),
        };
      }
      case 2:
        return {
          ...onPage,
          event_type: 'click',
          element_tag: 'BUTTON',
          element_id: pick(random, ['buy', 'go']),
        };
      case 3: {
        const conversion_type = pick(random, ['purchase', 'lead']);
        const nth_of_type = types.filter((type) => type === conversion_type).length + 1;
        types.unshift(conversion_type);
        const money = maybe(0.7) ? { value: int(5_000) / 100, currency: pick(random, ['EUR', 'USD']) } : {};
        return {
          ...{ ...onPage, ...props, ...money, event_type: 'conversion', conversion_type },
          ...{ nth: types.length, nth_of_type },
        };
      }
      case 4:
        return { ...onPage, event_type: 'page_exit', engaged_ms: int(60_000) };
      default:
        return { ...onPage, ...props, event_type: 'custom', name: pick(random, ['signup', 'search']) };
    }
  };
}
