import { describe, expect, it } from 'vitest';
import { countConversion, countView, engage, isOver, readUtm, type Session } from '../src/session.js';

const start = Date.UTC(2026, 0, 1);
const minutes = (count: number) => start + count * 60_000;
const fresh = (): Session => ({
  _wire: { session_id: 's', entry_page: '/', referrer: undefined, utm: { source: 'news' } },
  _context: { language: 'ko', screen: '1x1', timezone: 'Asia/Seoul', touch_points: 0 },
  _visitor: 'visitor',
  _start: start,
  _last: start,
  _pages: [],
  _conversions: [],
});

describe('a session', () => {
  it('ends after 30 minutes without an event', () => {
    expect(isOver(fresh(), minutes(30), {})).toBe(false);
    expect(isOver(fresh(), minutes(30) + 1, {})).toBe(true);
  });

  it('ends after 24 hours, whatever happens', () => {
    const session = { ...fresh(), _last: minutes(24 * 60) };
    expect(isOver(session, minutes(24 * 60), {})).toBe(false);
    expect(isOver(session, minutes(24 * 60) + 1, {})).toBe(true);
  });

  it('goes on when the clock is set back', () => {
    expect(isOver(fresh(), minutes(-600), {})).toBe(false);
  });

  it('ends where another campaign begins, but not where none or the same is named', () => {
    expect(isOver(fresh(), start, { source: 'news' })).toBe(false);
    expect(isOver(fresh(), start, { source: 'mail' })).toBe(true);
    expect(isOver(fresh(), start, { term: 'shoes' })).toBe(true);
    expect(isOver(fresh(), start, { gclid: '1' })).toBe(true);
    expect(isOver(fresh(), start, { ref: 'sidebar' })).toBe(false);
  });

  it('numbers views and names the page before', () => {
    const session = fresh();
    expect(countView(session, '/')).toEqual({ view: 1, from_page: undefined, first_on_page: true });
    expect(countView(session, '/a')).toEqual({ view: 2, from_page: '/', first_on_page: true });
    expect(countView(session, '/')).toEqual({ view: 3, from_page: '/a', first_on_page: false });
    expect(countView(session, '/')).toEqual({ view: 4, from_page: '/', first_on_page: false });
  });

  it('is engaged once: after 10 seconds or by a second view where the visitor has done something, or by a conversion', () => {
    const reading = fresh();
    reading._acted = true;
    expect(engage(reading, { engaged_ms: 9_999 })).toBeUndefined();
    expect(engage(reading, { engaged_ms: 1 })).toBe(true);
    expect(engage(reading, { engaged_ms: 60_000 })).toBeUndefined();
    expect(engage(reading, { conversion_type: 'purchase' })).toBeUndefined();
    expect(engage(JSON.parse(JSON.stringify(reading)), { engaged_ms: 60_000 })).toBeUndefined();
    expect(engage(fresh(), { conversion_type: 'purchase' })).toBe(true);
    const browsing = fresh();
    countView(browsing, '/');
    browsing._acted = true;
    expect(engage(browsing, {})).toBeUndefined();
    countView(browsing, '/a');
    expect(engage(browsing, {})).toBe(true);
    expect(engage(browsing, {})).toBeUndefined();
  });

  it('is engaged by what came before the visitor did something', () => {
    const session = fresh();
    expect(engage(session, { engaged_ms: 12_000 })).toBeUndefined();
    session._acted = true;
    expect(engage(session, { engaged_ms: 1 })).toBe(true);
  });

  it('is not engaged by pages that are loaded alone, however many and however long', () => {
    const session = fresh();
    for (let view = 0; view < 50; view += 1) {
      countView(session, `/${view}`);
      expect(engage(session, { engaged_ms: 60_000 })).toBeUndefined();
    }
  });

  it('does not grow without end', () => {
    const session = fresh();
    for (let index = 0; index < 1000; index++) {
      countView(session, `/${index}`);
      countConversion(session, 'purchase');
    }
    expect(countView(session, '/next')).toEqual({ view: 301, from_page: '/999', first_on_page: true });
    expect(countConversion(session, 'purchase')).toEqual({ nth: 301, nth_of_type: 301 });
    expect(JSON.stringify(session).length).toBeLessThan(8000);
  });

  it('numbers conversions, also of types named like properties of an object', () => {
    const session = fresh();
    expect(countConversion(session, '__proto__')).toEqual({ nth: 1, nth_of_type: 1 });
    expect(countConversion(session, 'constructor')).toEqual({ nth: 2, nth_of_type: 1 });
    expect(countConversion(session, '__proto__')).toEqual({ nth: 3, nth_of_type: 2 });
  });
});

describe('readUtm', () => {
  it('reads the campaign, cut to what the wire takes', () => {
    const utm = {};
    readUtm(`?utm_source=news&id=1&utm_term=${'x'.repeat(200)}`, utm);
    expect(utm).toEqual({
      source: 'news',
      term: 'x'.repeat(100),
    });
  });

  it('reads that there is a click id, not which, and what else names a source', () => {
    const utm = {};
    readUtm(
      '?gclid=Cj0KCQ&fbclid=IwAR0&ScCid=x&li_fat_id=y&ref=producthunt&wbraid=&id=3&my_id=4&cart_cid=5',
      utm,
    );
    expect(utm).toEqual({ gclid: '1', fbclid: '1', ScCid: '1', li_fat_id: '1', ref: 'producthunt' });
  });

  it("leaves out what says nothing, and names that are no campaign's", () => {
    const utm = {};
    readUtm('?utm_source=&utm_id=7&utm_foo=1&utm_source_platform=x&utm_medium=mail', utm);
    expect(utm).toEqual({ medium: 'mail' });
  });
});
