import { expect, it } from 'vitest';
import { toPage } from '../../src/events/page-path.js';

const COMPOSED = '/caf%C3%A9';

it.each(['/café', '/cafe\u0301', '/cafe%CC%81', '/caf%65%CC%81', '/%63%61%66%65%cc%81'])(
  'a page is one however its accents are written: %s',
  (path) => {
    expect(toPage(path)).toBe(COMPOSED);
    expect(toPage(`https://shop.example${path}?q=1`)).toBe(COMPOSED);
    expect(toPage(`/#${path}`)).toBe(`/#${COMPOSED}`);
  },
);
