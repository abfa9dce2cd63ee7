import { expect, it } from 'vitest';
import { humanLines } from '../src/tail/format-lines.js';

it('a line begins with the local time of 0 to 23 hours', () => {
  const batch = {
    site: 'shop',
    session_id: 's',
    batch: 'b',
    visitor_id: 'v',
    expires_at: 0,
    received_at: new Date(2026, 0, 31, 0, 5).getTime(),
    events: [{ event_type: 'custom' as const, name: 'hello', event_id: 'e', timestamp: 0 }],
  };
  // What paints it is left out.
  expect(humanLines(batch)[0]?.replaceAll(/\p{Cc}\[\d+m/gu, '')).toMatch(/^00:05:00/);
});

it.each([
  [12.5, 'EUR', '12.50 EUR'],
  [2_334_300, 'KRW', '2334300 KRW'],
  [1.25, 'BHD', '1.250 BHD'],
  [0.005, 'EUR', '0.005 EUR'],
  [0.5, 'BTC', '0.5 BTC'],
])('an amount of %d %s has the minor units of its currency', (value, currency, shown) => {
  const batch = {
    site: 'shop',
    session_id: 's',
    batch: 'b',
    visitor_id: 'v',
    expires_at: 0,
    received_at: 0,
    events: [
      {
        event_type: 'conversion' as const,
        conversion_type: 'order',
        value,
        currency,
        event_id: 'e',
        timestamp: 0,
      },
    ],
  };
  expect(humanLines(batch)[0]).toContain(` order ${shown} `);
});
