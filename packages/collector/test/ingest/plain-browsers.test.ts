/** What is known at a glance is what the tables say, for whom most visitors are. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findPlainBrowser } from '../../src/ingest/plain-browsers.js';
import { searchTables } from '../../src/ingest/user-agent.js';

const require = createRequire(import.meta.url);
const real = JSON.parse(
  readFileSync(require.resolve('user-agents').replace(/[^/]*$/, 'user-agents.json'), 'utf8'),
) as { userAgent: string; weight: number }[];
const crawlers = require('crawler-user-agents') as { instances: string[] }[];

describe('plain browsers', () => {
  it('are what the tables say of them', () => {
    const all = [
      ...real.map(({ userAgent }) => userAgent),
      ...crawlers.flatMap(({ instances }) => instances),
    ];
    for (const userAgent of new Set(all)) {
      const plain = findPlainBrowser(userAgent);
      if (plain) expect(searchTables(userAgent), userAgent).toEqual(plain);
    }
  });

  it('are those of most visitors', () => {
    const sum = (samples: typeof real) => samples.reduce((total, { weight }) => total + weight, 0);
    const plain = real.filter(({ userAgent }) => findPlainBrowser(userAgent));
    expect(sum(plain) / sum(real)).toBeGreaterThan(0.5);
    expect(new Set(plain.map(({ userAgent }) => findPlainBrowser(userAgent)?.browser))).toEqual(
      new Set(['Chrome', 'Safari', 'Microsoft Edge', 'Firefox']),
    );
  });

  it.each([
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 GTmetrix',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    '',
  ])('are not %s', (userAgent) => {
    expect(findPlainBrowser(userAgent)).toBeUndefined();
  });
});
