import { expect, it } from 'vitest';
import { humanLines } from '../src/tail/lines.js';

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
