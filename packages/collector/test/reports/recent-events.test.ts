/** Single events, newest first. */
import type { RecentEventsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack.js';
import { DAY_MS, MINUTE_MS } from './log.js';
import { expectBadParameter, get, NOW, startShop, visits } from './shop-visits.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startShop();
});
afterAll(() => stack.close());

describe('GET /api/recent-events', () => {
  async function pages(query: string): Promise<RecentEventsData['events']> {
    const events: RecentEventsData['events'] = [];
    let cursor: string | undefined;
    do {
      const data = await get<RecentEventsData>(
        stack,
        `/recent-events?from=12d&${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      events.push(...data.events);
      cursor = data.cursor;
    } while (cursor);
    return events;
  }

  it('shows every event once, newest first, in pages', async () => {
    const events = await pages('limit=20');
    const stored = visits.flatMap(({ pages }) =>
      pages.flatMap((page) => (page === '/paid' ? [1, 1, 1] : [1, 1])),
    );
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(stored.length);
    expect(events).toHaveLength(stored.length);
    const arrivals = events.map(({ received_at }) => received_at);
    expect(arrivals).toEqual(arrivals.toSorted().reverse());
  });

  it('shows what happened on a page, in an hour, or by visitors from somewhere', async () => {
    const onPage = await pages('page=/cart');
    expect(new Set(onPage.map(({ page }) => page))).toEqual(new Set(['/cart']));
    expect(new Set(onPage.map(({ event_type }) => event_type))).toEqual(new Set(['click', 'page_view']));
    const purchases = await pages('event_name=conversion&country=DE');
    expect(purchases.every(({ event_type }) => event_type === 'conversion')).toBe(true);
    expect(purchases).toHaveLength(
      visits.filter(({ pages, country }) => country === 'DE' && pages.includes('/paid')).length,
    );
    const hour = NOW - 10 * DAY_MS;
    const within = await get<RecentEventsData>(
      stack,
      `/recent-events?from=${hour}&to=${hour + 5 * MINUTE_MS}`,
    );
    expect(new Set(within.events.map(({ session_id }) => session_id))).toEqual(new Set(['w0']));
  });
});

it.each([
  ['cursor', '/recent-events?cursor=x'],
  ['exit_page', '/recent-events?exit_page=/'],
])('a bad %s is rejected by name: %s', (parameter, path) => expectBadParameter(stack, parameter, path));
