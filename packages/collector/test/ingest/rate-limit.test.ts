import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/http/rate-limit.js';
import { post, readReply, type Stack, startStack, storedEvents } from '../stack.js';
import { stopClock } from '../stopped-clock.js';

describe('the rate of one session', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sessionEventsPerMinute: 5 });
  });
  afterAll(() => stack.close());

  it('is capped: over it 429 says when to come again, and other sessions go on', async () => {
    stopClock();
    const send = (session_id: string) =>
      stack.collector.fetch(
        new Request('http://collector/api/events', post({ event_type: 'click', session_id })),
      );
    const replies = await Promise.all(Array.from({ length: 20 }, () => send('hot')));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(15);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await storedEvents(stack.store, 'hot')).toHaveLength(5);
    expect((await readReply(await send('other'))).code).toBe(200);
  });

  it('begins anew each minute, and lets a batch pass that is larger than the cap itself', () => {
    const cap = createRateLimit(10);
    expect(cap.take('a', 50, 60_000)).toEqual({ ok: true });
    expect(cap.take('a', 1, 90_000)).toEqual({ ok: false, retryAfterS: 30 });
    expect(cap.take('a', 1, 120_000)).toEqual({ ok: true });
  });

  it('is counted in bounded memory', () => {
    const cap = createRateLimit(10);
    for (let at = 0; at < 10_000; at += 1) cap.take(`s-${at}`, 10, 0);
    expect(cap.take('s-0', 1, 0).ok).toBe(false);
    cap.take('one more', 10, 0);
    expect(cap.take('s-0', 1, 0).ok).toBe(true);
    expect(cap.take('s-9999', 1, 0).ok).toBe(false);
  });
});
