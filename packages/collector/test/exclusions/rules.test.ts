/** Which rule leaves out what. */
import { parseSetting } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';
import { compileRules, type ExclusionRule } from '../../src/exclusions/rules.js';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome-Lighthouse';

const isSenderExcluded = (rule: ExclusionRule, sender: object) =>
  compileRules([rule]).findForSender({
    ip: () => '203.0.113.9',
    country: 'KR',
    userAgent: CHROME,
    visitorId: 'v-1',
    ...sender,
  }) !== undefined;
const isPageExcluded = (rule: ExclusionRule, page: string) =>
  compileRules([rule]).findForPage(page) !== undefined;

describe('a rule', () => {
  it('by address holds for the address, or for a range, of either kind', () => {
    const cases: [value: string, ip: string, isExcluded: boolean][] = [
      ['203.0.113.9', '203.0.113.9', true],
      ['203.0.113.9', '203.0.113.90', false],
      ['203.0.113.0/24', '203.0.113.255', true],
      ['203.0.113.0/24', '203.0.114.0', false],
      ['203.0.113.77/28', '203.0.113.64', true],
      ['2001:db8::/32', '2001:db8:ffff::1', true],
      ['2001:db8::/32', '2001:db9::1', false],
      ['2001:DB8:0:0::1', '2001:db8::1', true],
      ['0.0.0.0/1', '2001:db8::1', false],
      ['203.0.113.0/24', '', false],
      ['203.0.113.0/24', 'unknown', false],
    ];
    for (const [value, ip, isExcluded] of cases)
      expect([value, ip, isSenderExcluded({ by: 'address', value }, { ip: () => ip })]).toEqual([
        value,
        ip,
        isExcluded,
      ]);
  });

  it('by country, user agent or visitor holds for all of a request', () => {
    expect(isSenderExcluded({ by: 'country', value: 'KR' }, {})).toBe(true);
    expect(isSenderExcluded({ by: 'country', value: 'KR' }, { country: undefined })).toBe(false);
    expect(isSenderExcluded({ by: 'user_agent', value: 'lighthouse' }, {})).toBe(true);
    expect(isSenderExcluded({ by: 'user_agent', value: 'Linux*Lighthouse' }, {})).toBe(true);
    expect(isSenderExcluded({ by: 'user_agent', value: 'Lighthouse*Linux' }, {})).toBe(false);
    expect(isSenderExcluded({ by: 'user_agent', value: '~' }, {})).toBe(false);
    expect(isSenderExcluded({ by: 'visitor', value: 'v-1' }, {})).toBe(true);
    expect(isSenderExcluded({ by: 'visitor', value: 'v-1' }, { visitorId: 'v-10' })).toBe(false);
  });

  it('by host or path holds for events of a page, by any spelling of it', () => {
    const cases: [by: 'host' | 'path', value: string, page: string, isExcluded: boolean][] = [
      ['host', 'staging.shop.example', 'https://staging.shop.example/a', true],
      ['host', '*.shop.example', 'https://staging.shop.example/a', true],
      ['host', '*.shop.example', 'https://shop.example/a', false],
      ['host', 'shop.example', 'https://WWW.Shop.example/', true],
      ['host', 'localhost:3000', 'http://localhost:3000/', true],
      ['host', 'localhost', 'http://localhost:3000/', false],
      ['host', 'localhost:*', 'http://localhost:3000/', true],
      ['path', '/admin', 'https://shop.example/admin?x=1', true],
      ['path', '/admin', 'https://shop.example/admin/users', false],
      ['path', '/admin/*', 'https://shop.example/admin/users', true],
      ['path', '/admin/*', 'https://shop.example/blog/admin/', false],
      ['path', '*/preview', 'https://shop.example/a/b/preview', true],
      ['path', '~preview', 'https://shop.example/a/PREVIEW-1', true],
      ['path', '/caf%c3%a9', 'https://shop.example/café', true],
    ];
    for (const [by, value, page, isExcluded] of cases)
      expect([value, page, isPageExcluded({ by, value }, page)]).toEqual([value, page, isExcluded]);
    expect(compileRules([{ by: 'path', value: '/*' }]).findForPage(undefined)).toBeUndefined();
  });
});

describe('the value of a rule', () => {
  const messageFor = (by: string, value: unknown) => {
    const parsed = parseSetting('exclusion', JSON.stringify({ by, value }));
    return parsed.ok ? undefined : `${parsed.issues[0].path}: ${parsed.issues[0].message}`;
  };

  it('is checked by what the rule goes by, with an error that says what would be right', () => {
    const wrong: [by: string, value: unknown][] = [
      ['address', '203.0.113'],
      ['address', '203.0.113.0/33'],
      ['address', '203.0.113.0/0'],
      ['address', '2001:db8::/129'],
      ['address', '203.0.113.0/24/1'],
      ['country', 'Korea'],
      ['host', 'https://shop.example'],
      ['host', '*'],
      ['path', 'admin'],
      ['path', '*'],
      ['path', '~'],
      ['user_agent', '**'],
      ['visitor', 'a b'],
      ['visitor', ''],
      ['country', 7],
    ];
    for (const [by, value] of wrong)
      expect(messageFor(by, value), `${by} ${value}`).toMatch(/^value: .*must /);
    expect(messageFor('ip', '1.2.3.4')).toContain('by must be one of address, country, host');
    for (const [by, value] of [
      ['address', '::1'],
      ['host', '*.shop.example:8080'],
      ['path', '*/preview'],
      ['user_agent', 'bot of ours'],
    ] as const)
      expect(messageFor(by, value)).toBeUndefined();
  });
});
