import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, readReply, type Stack, startStack, storedEvents } from '../stack.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('when an event happened', () => {
  let stack: Stack;
  let sessions = 0;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop' }, { id: 'brief', retentionDays: 3 }] });
  });
  afterAll(() => stack.close());

  async function send(times: { timestamp: number; sent_at?: number; site?: string; bare?: boolean }) {
    const { timestamp, sent_at, site = 'shop', bare = false } = times;
    const session_id = `clock-${++sessions}`;
    const event = { event_type: 'page_view', event_id: 'e-1', timestamp };
    const sent = sent_at === undefined ? {} : { sent_at };
    const body = bare
      ? { ...event, ...sent, site, session_id }
      : { site, session: { session_id }, ...sent, events: [event] };
    const reply = await readReply(
      await stack.collector.fetch(new Request('http://collector/api/events', post(body))),
    );
    const [stored] = await storedEvents(stack.store, session_id, site);
    return { ...reply, stored };
  }
  const near = (time: number | undefined, wanted: number) =>
    expect(Math.abs((time ?? 0) - wanted)).toBeLessThan(30_000);

  it('is what the client says, while its clock is right to a minute', async () => {
    const now = Date.now();
    const { stored } = await send({ timestamp: now - 10_000, sent_at: now - 30_000 });
    expect(stored).toMatchObject({ timestamp: now - 10_000 });
    expect(stored).not.toHaveProperty('clock');
    expect(stored).not.toHaveProperty('delayed');
  });

  it.each([-3, 3, -400, 400])('is corrected where the clock is %s days off', async (days) => {
    const now = Date.now();
    const { stored } = await send({ timestamp: now + days * DAY - 5_000, sent_at: now + days * DAY });
    near(stored?.timestamp, now - 5_000);
    expect(stored).toMatchObject({ clock: 'corrected', claimed_timestamp: now + days * DAY - 5_000 });
    expect(stored).not.toHaveProperty('delayed');
  });

  it('is corrected for a device whose clock is decades behind', async () => {
    const sent_at = Date.UTC(1975);
    const { stored } = await send({ timestamp: sent_at - 60_000_000, sent_at });
    near(stored?.timestamp, Date.now() - 60_000_000);
    expect(stored?.clock).toBe('corrected');
  });

  it.each([
    ['before 2000', Date.UTC(1999, 11, 31)],
    ['over a day ahead', Date.now() + DAY + 5 * MINUTE],
    ['in the year 2099', Date.UTC(2099, 0)],
  ])('is its arrival, flagged, where it says it was %s', async (_what, timestamp) => {
    for (const sent of [{}, { sent_at: Date.now() }, { bare: true }]) {
      const { code, stored } = await send({ timestamp, ...sent });
      expect(code).toBe(200);
      near(stored?.timestamp, Date.now());
      expect(stored).toMatchObject({ clock: 'replaced', claimed_timestamp: timestamp });
    }
  });

  it('is flagged as delayed where it arrives over five minutes later', async () => {
    const now = Date.now();
    const { stored } = await send({ timestamp: now - 6 * MINUTE, sent_at: now });
    expect(stored).toMatchObject({ timestamp: now - 6 * MINUTE, delayed: true });
    const { stored: offline } = await send({ timestamp: now - 6 * DAY, sent_at: now });
    expect(offline).toMatchObject({ timestamp: now - 6 * DAY, delayed: true });
  });

  it.each([
    ['seven days', 'shop', 7],
    ['its retention less a day', 'brief', 2],
  ])('must not be longer before sending than %s', async (_what, site, days) => {
    const now = Date.now();
    const late = await send({ site, timestamp: now - days * DAY - MINUTE, sent_at: now });
    expect(late).toMatchObject({
      code: 400,
      status: 'error',
      data: {
        accepted: 0,
        rejected: [{ index: 0, event_id: 'e-1', code: 'event_too_old', path: 'timestamp' }],
      },
    });
    expect(late.stored).toBeUndefined();
    const inTime = await send({ site, timestamp: now - days * DAY + MINUTE, sent_at: now });
    expect(inTime.code).toBe(200);
  });

  it('is judged by the client’s own clock: one that is wrong makes no event too old', async () => {
    const wrong = Date.now() - 30 * DAY;
    expect((await send({ timestamp: wrong - 6 * DAY, sent_at: wrong })).code).toBe(200);
    expect((await send({ timestamp: wrong - 8 * DAY, sent_at: wrong })).code).toBe(400);
  });

  it('is as old as it claims for a bare event that does not say when it was sent', async () => {
    const timestamp = Date.UTC(2023, 8, 5);
    const { code, stored } = await send({ timestamp, bare: true });
    expect(code).toBe(200);
    expect(stored).toMatchObject({ timestamp, delayed: true });
  });

  it('of each event alone: one too old among others is named by its place, repeated ones too', async () => {
    const now = Date.now();
    const old = { event_type: 'click', event_id: 'old', timestamp: now - 8 * DAY };
    const events = [{ event_type: 'nonsense' }, old, { event_type: 'click', event_id: 'new' }, old];
    const body = { session: { session_id: 'mixed' }, sent_at: now, events };
    const { data } = await readReply(
      await stack.collector.fetch(new Request('http://collector/api/events', post(body))),
    );
    expect(data.accepted).toBe(1);
    expect(data.rejected.map(({ index, code }) => [index, code])).toEqual([
      [0, 'unknown_event_type'],
      [1, 'event_too_old'],
      [3, 'event_too_old'],
    ]);
  });
});
