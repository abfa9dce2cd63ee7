/** Forty visits to a shop over ten days, rolled up, as the tests of several reports ask about them. */
import { expect } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, DAY_MS, type Happened, HOUR_MS, MINUTE_MS, view } from './log.js';

export const NOW = Date.now();
const PATHS = [
  ['/', '/cart', '/paid'],
  ['/', '/cart'],
  ['/a', '/', '/cart', '/', '/cart', '/paid'],
  ['/a', '/a'],
  ['/cart'],
];
/** What is clicked on the first page of a visit, on the second, and so on. */
export const CLICKED = ['buy', 'more', 'buy'];

export interface Visit {
  id: string;
  pages: string[];
  bot: boolean;
  country: string;
}

/** Sessions over ten days, each page a minute after the one before; a click on each page, a conversion at `/paid`. */
export const visits: Visit[] = Array.from({ length: 40 }, (_, number) => ({
  id: `w${number}`,
  pages: PATHS[number % PATHS.length] ?? [],
  bot: number % 13 === 5,
  country: number % 2 === 0 ? 'KR' : 'DE',
}));
/** Without bots, which count in no report. */
export const people = visits.filter(({ bot }) => !bot);

export function batchesOf({ id, pages, bot, country }: Visit, number: number) {
  const start = NOW - 10 * DAY_MS + number * 5 * HOUR_MS;
  return pages.map((page, at) => {
    const timestamp = start + at * MINUTE_MS;
    const page_url = `https://shop.example${page}`;
    const events: Happened[] = [
      view(page, timestamp, {
        view: at + 1,
        first_on_page: pages.indexOf(page) === at,
        ...(at > 0 ? { from_page: pages[at - 1] } : {}),
      }),
      {
        event_type: 'click',
        page_url,
        timestamp: timestamp + 1_000,
        element_tag: 'BUTTON',
        element_id: CLICKED[at % CLICKED.length],
      },
    ];
    if (page === '/paid') {
      const bought = { event_type: 'conversion', conversion_type: 'purchase', page_url, nth: 1 };
      events.push({ ...bought, timestamp: timestamp + 2_000 });
    }
    return batchOf(id, events, {
      visitor_id: `v${number % 12}`,
      entry_page: pages[0] ?? '/',
      country,
      ...(bot ? { bot } : {}),
    });
  });
}

export async function startShop(): Promise<Stack> {
  const stack = await startStack({ sites: [{ id: 'shop' }, { id: 'empty' }] });
  await appendAll(stack.store, visits.flatMap(batchesOf));
  await stack.collector.rollUp();
  return stack;
}

export async function get<Data>(stack: Stack, path: string): Promise<Data> {
  const { code, data, message } = await ask<Data>(stack, path);
  expect(code, message).toBe(200);
  return data;
}

/** A request is rejected with a message that names the parameter. */
export async function expectBadParameter(stack: Stack, parameter: string, path: string): Promise<void> {
  const { code, data, message } = await ask(stack, path);
  expect(code).toBe(400);
  expect(data.issues[0]?.path).toBe(parameter);
  expect(message).toContain(parameter);
}
