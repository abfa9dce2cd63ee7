import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MARKS } from '../src/icons/marks.js';
import { markOf } from '../src/icons/value-mark.js';

describe('marks of values', () => {
  it('has a drawing for each mark', () => {
    const sheet = readFileSync(new URL('../src/icons/marks.svg', import.meta.url), 'utf8');
    expect(sheet.match(/<path /g)).toHaveLength(MARKS.split(' ').length);
  });

  it.each([
    ['google', 'google'],
    ['Google App', 'google'],
    ['Microsoft Edge', 'edge'],
    ['macOS', 'apple'],
    ['hackernews', 'ycombinator'],
    ['(direct)', 'direct'],
    ['mobile', 'mobile'],
  ])('finds the mark of %s', (value, mark) => {
    const at = MARKS.split(' ').findIndex((entry) => entry.split('#')[0] === mark);
    expect(markOf(value)?.at).toBe(at);
  });

  it.each(['', 'constructor', '__proto__', 'blog.example', '구글'])('has none for %j', (value) => {
    expect(markOf(value)).toBeUndefined();
  });
});
