import { MAX_URL_CHARS } from '@liveinsight/schema';
import { describe, expect, it, vi } from 'vitest';
import { MAX_KEY_CHARS } from '../../src/budgets.js';
import { namedPage, toPage } from '../../src/events/page-path.js';

describe('The page of a URL', () => {
  it.each([
    ['/블로그/제주 커피', '/%EB%B8%94%EB%A1%9C%EA%B7%B8/%EC%A0%9C%EC%A3%BC%20%EC%BB%A4%ED%94%BC'],
    ['/%eb%b8%94%EB%a1%9c%ea%b7%b8', '/%EB%B8%94%EB%A1%9C%EA%B7%B8'],
    ['/%7Eann/a%2Db', '/~ann/a-b'],
    ['/a%2Cb(c)%27', "/a,b(c)'"],
    ['/a|b[c]^d', '/a%7Cb%5Bc%5D%5Ed'],
    ['/a%7cb%5bc%5d%5ed', '/a%7Cb%5Bc%5D%5Ed'],
    ['/50% off', '/50%25%20off'],
    ['/50%25%20off', '/50%25%20off'],
    ['/a%2Fb', '/a%2Fb'],
    ['/a%3fb%23c', '/a%3Fb%23c'],
    ['/%2541', '/%2541'],
    ['/#/카트?x=1', '/#/%EC%B9%B4%ED%8A%B8'],
    ['/#카트?x=1', '/#%EC%B9%B4%ED%8A%B8'],
    ['/#access_token=SECRET', '/'],
  ])('has one name, however %s is spelt', (path, name) => {
    expect(toPage(path)).toBe(name);
    expect(toPage(`https://shop.example${path}`)).toBe(name);
    expect(toPage(name)).toBe(name);
  });

  it('is named as it is where it is no path', () => {
    expect(namedPage('(other)')).toBe('(other)');
    expect(namedPage('/카트')).toBe('/%EC%B9%B4%ED%8A%B8');
  });

  it('takes a time in proportion to its length, whatever it is made of, and is cut with a mark', () => {
    const page = toPage(`/${'%'.repeat(10_000)}`);
    expect(page).toMatch(/^\/(%25)+%E2%80%A6$/);
    expect(page.length).toBeGreaterThan(MAX_KEY_CHARS - 12);
    expect(page.length).toBeLessThanOrEqual(MAX_KEY_CHARS);
  });

  it('is parsed once, as long as a URL may be', () => {
    const parse = vi.fn();
    vi.stubGlobal(
      'URL',
      class extends URL {
        constructor(...args: ConstructorParameters<typeof URL>) {
          super(...args);
          parse();
        }
      },
    );
    const url = `https://shop.example/a?${'q'.repeat(MAX_URL_CHARS)}`.slice(0, MAX_URL_CHARS);
    for (let times = 0; times < 3; times += 1) expect(toPage(url)).toBe('/a');
    vi.unstubAllGlobals();
    expect(parse).toHaveBeenCalledTimes(1);
  });
});
