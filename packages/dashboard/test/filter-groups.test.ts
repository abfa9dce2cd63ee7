import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFilters, replaceGroup, withoutGroup } from '../src/url-state/filter-groups.js';
import { formatPattern, parsePattern, toLiteral } from '../src/url-state/filter-pattern.js';
import { type Filter, formatUrlState, parseUrlState, START } from '../src/url-state/url-state.js';

describe('a value of a filter', () => {
  it.each([
    ['/cart', { kind: 'is', text: '/cart' }],
    ['/a\\*b', { kind: 'is', text: '/a*b' }],
    ['~goo', { kind: 'contains', text: 'goo' }],
    ['/blog/*', { kind: 'starts', text: '/blog/' }],
    ['/*/edit', { kind: 'matches', text: '/*/edit' }],
    ['*', { kind: 'any', text: '' }],
    ['>=100', { kind: '>=', text: '100' }],
    ['<b>', { kind: 'is', text: '<b>' }],
  ])('%s says how it compares, and is written so again', (raw, pattern) => {
    expect(parsePattern(raw)).toEqual(pattern);
    expect(parsePattern(formatPattern(parsePattern(raw)))).toEqual(pattern);
  });

  it('means itself, whatever it is, where it is chosen from a list', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        expect(parsePattern(toLiteral(value))).toEqual({ kind: 'is', text: value });
      }),
    );
  });
});

describe('filters', () => {
  const of = (by: Filter['by'], value: string, not = false): Filter => ({ by, value, not });
  const filters = [of('country', 'KR'), of('page', '~shop'), of('country', 'DE'), of('country', 'US', true)];

  it('of one field and condition are one, with several values', () => {
    expect(groupFilters(filters)).toEqual([
      { by: 'country', not: false, kind: 'is', texts: ['KR', 'DE'] },
      { by: 'page', not: false, kind: 'contains', texts: ['shop'] },
      { by: 'country', not: true, kind: 'is', texts: ['US'] },
    ]);
  });

  it('are changed in place, and taken off as one', () => {
    const [country] = groupFilters(filters);
    if (!country) throw new Error('there is none');
    const changed = replaceGroup(filters, country, { ...country, texts: ['KR', 'JP'] });
    expect(groupFilters(changed)[0]).toEqual({ ...country, texts: ['KR', 'JP'] });
    // What becomes the same as another one takes its place.
    const excluded = replaceGroup(filters, country, { ...country, not: true, texts: ['FR'] });
    expect(excluded).toEqual([of('country', 'FR', true), of('page', '~shop')]);
    expect(withoutGroup(filters, country)).toEqual([of('page', '~shop'), of('country', 'US', true)]);
  });

  it('by goals, segments, hosts and properties are in the URL as the API takes them', () => {
    const all = [of('segment', 'a'), of('reached', 'b', true), of('hostname', 'c'), of('prop:plan', '>=2')];
    const search = formatUrlState({ ...START, filters: all });
    expect(decodeURIComponent(search)).toBe('?segment=a&reached=!b&hostname=c&prop:plan=>=2');
    expect(parseUrlState(search).filters).toEqual(all);
  });
});
