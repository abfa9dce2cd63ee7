import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, readReply, type Stack, startStack, storedEvents } from '../stack.js';

describe('a bare event, as the first LiveInsight took them', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  const send = async (path: string, body: string, headers?: Record<string, string>) =>
    readReply(await stack.collector.fetch(new Request(`http://collector${path}`, post(body, headers))));

  it.each(['/api/events', '/events'])('is stored with the time it claims, by %s', async (path) => {
    const text = '{"event_type": "page_view", "timestamp": 1693900000, "session_id": "test-session"}';
    const { code, status, data } = await send(path, text);
    expect({ code, status, accepted: data.accepted }).toEqual({ code: 200, status: 'success', accepted: 1 });
    expect(data.session_id).toBe('test-session');
    const stored = await storedEvents(stack.store, 'test-session');
    const event = stored.find(({ event_id }) => event_id === data.event_id);
    expect(event).toMatchObject({ event_type: 'page_view', timestamp: 1_693_900_000_000, delayed: true });
    expect(event?.clock).toBeUndefined();
    expect(Date.now() - (event?.batch.received_at ?? 0)).toBeLessThan(60_000);
  });

  it('is stored without session, time or id, which the reply then names', async () => {
    const before = Date.now();
    const { code, status, data } = await send(
      '/api/events',
      '{"user_id":"test","event_type":"page_view","page_url":"https://example.com"}',
      { 'content-type': 'application/json' },
    );
    expect({ code, status }).toEqual({ code: 200, status: 'success' });
    const session = data.session_id ?? '';
    const [event] = await storedEvents(stack.store, session);
    expect(event).toMatchObject({ event_id: data.event_id, page_url: 'https://example.com' });
    expect(event?.timestamp).toBeGreaterThanOrEqual(before);
    expect(event?.batch).toMatchObject({ user_id: 'test', site: 'shop' });
    expect(await stack.store.sessionsOfUser('shop', 'test')).toContain(session);
  });
});
