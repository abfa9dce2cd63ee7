import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, dateAt } from '../src/url-state/dates.js';
import { customRange, PRESET_NAMES, rangeQuery } from '../src/url-state/range.js';
import { stepRange } from '../src/url-state/step.js';
import {
  formatUrlState,
  parseUrlState,
  START,
  type UrlState,
  updateUrlState,
  withFilter,
  withoutFilter,
} from '../src/url-state/url-state.js';

const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const filter = fc.record({
  by: fc.constantFrom(
    'page' as const,
    'source' as const,
    'hour_of_week' as const,
    'prop:cart.total' as const,
  ),
  value: value.filter((text) => !text.startsWith('!')),
  not: fc.boolean(),
});
const urlState: fc.Arbitrary<UrlState> = fc.record({
  view: fc.constantFrom('now', 'overview', 'sessions'),
  site: fc.option(value, { nil: undefined }),
  range: fc.constantFrom('30m', '7d', '12mo', '2026-01-01..2026-01-31'),
  compare: fc.option(
    fc.record({
      to: fc.constantFrom('previous', 'year', '2025-01-01..2025-01-31'),
      isAligned: fc.boolean(),
    }),
    { nil: undefined },
  ),
  timezone: fc.constantFrom(undefined, 'Asia/Seoul'),
  filters: fc.array(filter, { maxLength: 4 }),
  session: fc.option(value, { nil: undefined }),
  own: fc.dictionary(fc.constantFrom('metric', 'tab', 'step'), value),
});

describe('the address', () => {
  it('brings back all that was shown, whatever visitors named their pages', () => {
    fc.assert(
      fc.property(urlState, (shown) => {
        const found = parseUrlState(formatUrlState(shown));
        const byName = (filters: UrlState['filters']) => [...filters].sort((a, b) => (a.by < b.by ? -1 : 1));
        expect({ ...found, own: { ...found.own }, filters: byName(found.filters) }).toEqual({
          ...shown,
          own: { ...shown.own },
          filters: byName(shown.filters),
        });
      }),
    );
  });

  it('is empty where all is as at the start', () => {
    expect(formatUrlState(START)).toBe('');
    expect(parseUrlState('')).toEqual(START);
  });

  it('opens an old or mangled link as well as it can', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (search) => void parseUrlState(search)));
    expect(parseUrlState('?range=nonsense&view=&compare=yes')).toEqual(START);
    expect(parseUrlState('?view=over-time').view).toBe('overview');
  });

  it('leaves what was one view’s own behind in another, and keeps range and filters', () => {
    const shown = parseUrlState('?view=overview&metric=events&range=30d&source=google&session=s1');
    expect(updateUrlState(shown, { view: 'sessions' })).toEqual({
      ...shown,
      view: 'sessions',
      session: undefined,
      own: {},
    });
    expect(updateUrlState(shown, { own: { tab: 'page', metric: null } }).own).toEqual({ tab: 'page' });
  });

  it('sets a filter once, and takes it off', () => {
    const one = { by: 'page', value: '/', not: false } as const;
    const without = { ...one, not: true };
    expect(withFilter([one], without)).toEqual([without]);
    expect(withoutFilter([one], one)).toEqual([]);
  });
});

describe('a range', () => {
  it('is two days or two instants, in order', () => {
    expect(customRange('2026-01-01..2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' });
    expect(customRange('2026-01-01T00:00:00Z..2026-01-01T01:00:00Z')).toBeDefined();
    for (const wrong of [
      '',
      '7d',
      '2026-01-02..2026-01-01',
      '2026-01-01',
      '2026-01-01..2026-01-02..x',
      'a..b',
    ])
      expect(customRange(wrong)).toBeUndefined();
  });

  it('has its days in the chosen zone', () => {
    const lateInUtc = Date.UTC(2026, 0, 31, 20);
    expect(dateAt(lateInUtc, 'Asia/Seoul')).toBe('2026-02-01');
    expect(rangeQuery('yesterday', 'America/New_York', lateInUtc)).toEqual({
      from: '2026-01-30',
      to: '2026-01-30',
    });
    expect(rangeQuery('7d', 'UTC', lateInUtc)).toEqual({ from: '2026-01-25' });
  });

  it('has weeks that begin on Monday, and months of any length', () => {
    const wednesday = Date.UTC(2026, 2, 4, 12);
    expect(rangeQuery('this_week', 'UTC', wednesday)).toEqual({ from: '2026-03-02' });
    expect(rangeQuery('last_week', 'UTC', wednesday)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(rangeQuery('last_month', 'UTC', wednesday)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(rangeQuery('12mo', 'UTC', wednesday)).toEqual({ from: '2025-04-01' });
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  });

  it('steps by its own length, by months where it is months, and never into the future', () => {
    const now = Date.UTC(2026, 2, 4, 12);
    const step = (range: string, by: -1 | 1) => stepRange(range, by, 'UTC', now);
    expect(step('7d', -1)).toBe('2026-02-19..2026-02-25');
    expect(step('2026-02-19..2026-02-25', 1)).toBe('7d');
    expect(step('today', -1)).toBe('yesterday');
    expect(step('yesterday', 1)).toBe('today');
    expect(step('this_month', -1)).toBe('last_month');
    expect(step('last_month', -1)).toBe('2026-01-01..2026-01-31');
    expect(step('2026-01-01..2026-01-31', 1)).toBe('last_month');
    expect(step('last_month', 1)).toBe('this_month');
    expect(step('last_week', 1)).toBe('this_week');
    expect(step('30m', -1)).toBe('2026-03-04T11:00:00.000Z..2026-03-04T11:30:00.000Z');
    for (const range of PRESET_NAMES.filter((name) => !/yesterday|last/.test(name)))
      expect(step(range, 1), range).toBeUndefined();
  });
});
