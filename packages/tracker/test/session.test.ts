import { describe, expect, it } from 'vitest';
import { countConversion, countView, isOtherCampaign, isOver, newSession, readUtm } from '../src/session.js';

const start = Date.UTC(2026, 0, 1);
const minutes = (count: number) => start + count * 60_000;
const fresh = () => newSession(start, 'visitor', '/', undefined, { source: 'news' });

describe('a session', () => {
  it('ends after 30 minutes without an event', () => {
    expect(isOver(fresh(), minutes(30))).toBe(false);
    expect(isOver(fresh(), minutes(30) + 1)).toBe(true);
  });

  it('ends after 24 hours, whatever happens', () => {
    const session = { ...fresh(), _last: minutes(24 * 60) };
    expect(isOver(session, minutes(24 * 60))).toBe(false);
    expect(isOver(session, minutes(24 * 60) + 1)).toBe(true);
  });

  it('ends when the clock is set back by more than the timeout', () => {
    expect(isOver(fresh(), minutes(-31))).toBe(true);
  });

  it('numbers views and names the page before', () => {
    const session = fresh();
    expect(countView(session, '/')).toEqual({ view: 1, from_page: undefined, first_on_page: true });
    expect(countView(session, '/a')).toEqual({ view: 2, from_page: '/', first_on_page: true });
    expect(countView(session, '/')).toEqual({ view: 3, from_page: '/a', first_on_page: false });
    expect(countView(session, '/')).toEqual({ view: 4, from_page: '/', first_on_page: false });
  });

  it('numbers conversions, also of types named like properties of an object', () => {
    const session = fresh();
    expect(countConversion(session, '__proto__')).toEqual({ nth: 1, nth_of_type: 1 });
    expect(countConversion(session, 'constructor')).toEqual({ nth: 2, nth_of_type: 1 });
    expect(countConversion(session, '__proto__')).toEqual({ nth: 3, nth_of_type: 2 });
  });
});

describe('isOtherCampaign', () => {
  it('is told by a name whose value the session does not have', () => {
    expect(isOtherCampaign(fresh(), { source: 'news' })).toBe(false);
    expect(isOtherCampaign(fresh(), { source: 'mail' })).toBe(true);
    expect(isOtherCampaign(fresh(), {})).toBe(false);
  });
});

describe('readUtm', () => {
  it('reads the campaign, cut to what the wire takes', () => {
    expect(readUtm(`?utm_source=news&id=1&utm_term=${'x'.repeat(200)}`)).toEqual({
      source: 'news',
      term: 'x'.repeat(100),
    });
  });
});
