import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilters } from '../../src/query/filters.js';
import { passes } from '../../src/query/raw-filters.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';

const UTC = getCalendar('UTC');
const parse = (query: string) => parseFilters(new URLSearchParams(query));

let made = 0;
const event = (more: object): StoredEvent => {
  made += 1;
  const common = { event_id: `e${made}`, timestamp: made, event_type: 'custom', name: 'signup' };
  return { ...common, ...more } as StoredEvent;
};
const view = (path: string, more: object = {}) =>
  event({ event_type: 'page_view', page_url: `https://shop.example${path}`, ...more });
const batch = (events: StoredEvent[], more: Partial<StoredBatch> = {}): StoredBatch => ({
  site: 'shop',
  session_id: 's',
  visitor_id: 'v',
  batch: 'b',
  received_at: Date.parse('2026-01-31T09:30:00Z'),
  expires_at: 0,
  events,
  ...more,
});
const keeps = (query: string, ...session: StoredBatch[]): boolean => passes(session, parse(query), UTC);

describe('filters', () => {
  const session = batch(
    [
      view('/blog/a', {
        props: { plan: 'pro', seats: 3, trial: true, tags: ['x', 'y'], cart: { total: 120 } },
      }),
      view('/cart/%EC%9E%A5'),
    ],
    { country: 'KR', utm: { campaign: 'Spring*Sale' }, source: 'google' },
  );

  it.each<[string, string, boolean]>([
    ['page', '/blog/a', true],
    ['page', '/blog/*', true],
    ['page', '*/a', true],
    ['page', '*log*a', true],
    ['page', '/blog/*/a', false],
    ['page', '/cart/장', true],
    ['page', '/cart/장*', true],
    ['page', '*장', true],
    ['page', '~BLOG', true],
    ['page', '~장', true],
    ['page', '!~blog', false],
    ['page', '!/shop/*', true],
    ['page', '\\*', false],
    ['exit_page', '/cart/*', true],
    ['exit_page', '/blog/*', false],
    ['utm_campaign', 'Spring\\*Sale', true],
    ['utm_campaign', 'S\\*e', false],
    ['utm_campaign', 'S*e', true],
    ['utm_campaign', '*', true],
    ['utm_term', '*', false],
    ['utm_term', '!*', true],
    ['browser', '*', false],
    ['source', '*', true],
    ['source', 'Google', false],
    ['hour_of_week', '6-09', true],
    ['hour_of_week', '6-*', true],
    ['hour_of_week', '!6-*', false],
    ['prop:plan', 'pro', true],
    ['prop:plan', '~PR', true],
    ['prop:plan', '!free', true],
    ['prop:seats', '3', true],
    ['prop:seats', '>2', true],
    ['prop:seats', '>3', false],
    ['prop:seats', '>=3', true],
    ['prop:seats', '<=2.5', false],
    ['prop:seats', '!<1e1', false],
    ['prop:plan', '>1', false],
    ['prop:trial', 'true', true],
    ['prop:tags', '~"y"', true],
    ['prop:cart.total', '>100', true],
    ['prop:none', '!*', true],
    ['prop:none', '*', false],
  ])('%s=%s', (name, value, expected) => {
    expect(keeps(`${new URLSearchParams([[name, value]])}`, session)).toBe(expected);
  });

  it('have one of the values that are given, and none of those after a !', () => {
    expect(keeps('country=DE&country=KR', session)).toBe(true);
    expect(keeps('country=KR&country=!K*', session)).toBe(false);
    expect(keeps('country=KR&source=bing', session)).toBe(false);
  });

  it('take a lower and an upper bound as one range, of one value', () => {
    const range = 'prop:price=>10&prop:price=<20';
    const priced = (...prices: number[]) => batch(prices.map((price) => event({ props: { price } })));
    expect(keeps(range, priced(5, 25))).toBe(false);
    expect(keeps(range, priced(5, 15))).toBe(true);
  });

  it('take the last view by the time it happened, not by its arrival', () => {
    const [first, last] = [view('/a'), view('/z')];
    expect(keeps('exit_page=/z', batch([last]), batch([first]))).toBe(true);
  });

  it('mean any text as it stands, once it is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const escaped = text.replace(/[\\*~!<>=]/g, '\\$&');
        const [condition] = parse(`${new URLSearchParams({ 'prop:plan': escaped })}`);
        expect(condition?.matches(text)).toBe(true);
        expect(condition?.matches(`${text}x`)).toBe(false);
      }),
    );
  });

  it('match patterns as regular expressions do', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, value) => {
        fc.pre(pattern !== '*');
        const [condition] = parse(`utm_term=${pattern}`);
        expect(condition?.matches(value)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(value));
      }),
    );
  });

  it.each([
    ['hour_of_week', 'hour_of_week=8-00'],
    ['hour_of_week', 'hour_of_week=0-*'],
    ['prop:price', 'prop:price=>much'],
    ['prop:price', 'prop:price=>'],
    ['prop:plan', 'prop:plan=~'],
    ['prop:', 'prop:=1'],
    ['page', `page=${'x'.repeat(3_000)}`],
    ['country', 'country=KR&'.repeat(51)],
    ['prop:k32', Array.from({ length: 33 }, (_, at) => `prop:k${at}=1`).join('&')],
  ])('are rejected by the name of a bad %s', (name, query) => {
    expect(() => parse(query)).toThrow(name);
  });
});
