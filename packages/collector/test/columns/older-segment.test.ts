/** Segments stay readable when dimensions are added. */
import { expect, it } from 'vitest';
import { textAt } from '../../src/columns/chunk.js';
import { encodeSegment } from '../../src/columns/codec/encode-segment.js';
import { openSegment } from '../../src/columns/codec/open-segment.js';

/** Of one page view from Seoul, before there were cities. */
const BEFORE_CITIES = [
  {
    group: 'all',
    index: 0,
    bytes:
      'TAEAAIZkqPiWpicWAAABAAAAAJcVwXlCAADA/GfBeUIBAAAADQEAAJwAAAAAAAAAW8jIwMdgwcDMwMHAxQABjAwMz2qnHdt+PLsBxAYJcGikZBalJpdoMjAycGqU5mXn5ZfnaUJVM0L0IAAjA5N3ECMDa3BqfmkOsgZGBghkQBVkc84oys9NRRXE1IWwZ0nUnQtslt2bobaJFCSmp8aXZaaWc3HBmYwMjPqMDDzFGfkFeqkVibkFOakgzc2McDeDaSYGJhCLmYEJKAYA',
  },
  {
    group: 'property',
    index: 0,
    bytes: 'TAEHAFIWolKWpicWAAABAAAAAJcVwXlCAADA/GfBeUIBAAAABQAAAAUAAAAAAAAAY2AAAgA=',
  },
  {
    group: 'detail',
    index: 0,
    bytes: 'TAEIAJKtK6uWpicWAAABAAAAAJcVwXlCAADA/GfBeUIBAAAACAAAAAUAAAAAAAAAY2CAAAA=',
  },
].map(({ bytes, ...part }) => ({ ...part, bytes: Buffer.from(bytes, 'base64') }));

it('a segment that was stored before a dimension is read without its values, and can be stored again', async () => {
  const before = openSegment(BEFORE_CITIES);
  const again = openSegment(await encodeSegment(before));
  for (const chunk of [before, again]) {
    const { dimensions } = chunk.context();
    expect(textAt(dimensions.region, 0)).toBe('Seoul');
    expect(textAt(dimensions.city, 0)).toBeUndefined();
    // Nor which events sessions became engaged with: unknown, not none.
    expect(chunk.event().knowsEngaged).toBe(false);
  }
});
