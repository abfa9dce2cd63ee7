import type { StreamEvent } from '@liveinsight/schema';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPollTimer } from '../src/live/poll-timer.js';
import { createShowTimer } from '../src/live/show-timer.js';
import { type Message, readMessages } from '../src/live/sse.js';
import { MAX_EVENTS, mergeEvents } from '../src/live/stream.js';

const event = (id: string, second: number): StreamEvent => ({
  event_id: id,
  event_type: 'page_view',
  timestamp: second * 1000,
  session_id: 's',
  page: '/',
  received_at: new Date(second * 1000).toISOString(),
});

describe('the stream', () => {
  it('shows each event once, newest first, though answers overlap', () => {
    const first = mergeEvents([], [event('b', 2), event('a', 1)]);
    expect(mergeEvents(first, [event('c', 3), event('b', 2)]).map(({ event_id }) => event_id)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('does not grow without end', () => {
    const many = Array.from({ length: MAX_EVENTS + 50 }, (_, n) => event(`e${n}`, n));
    const merged = mergeEvents([], many);
    expect(merged).toHaveLength(MAX_EVENTS);
    expect(merged[0]?.event_id).toBe(`e${MAX_EVENTS + 49}`);
  });
});

describe('messages of the line', () => {
  it('are the same wherever the network cuts them', () => {
    const text =
      'retry: 2000\n: live\n\nid: 1\nevent: batch\ndata: {"a":1}\n\n: still here\n\nid: 2\ndata: x\ndata: y\n\nid: 3\ndata: cut';
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length })), (cuts) => {
        const told: Message[] = [];
        const take = readMessages((message) => told.push(message));
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        for (const [at, place] of places.entries()) take(text.slice(place, places[at + 1]));
        expect(told).toEqual([
          { id: '1', data: '{"a":1}' },
          { id: '2', data: 'x\ny' },
        ]);
      }),
    );
  });
});

describe('when to ask', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([1, 10, 100, 300])('comes at least once a second at %i messages a second', (perSecond) => {
    let asked = 0;
    const timer = createPollTimer(() => {
      asked += 1;
    });
    timer.within(1_000);
    const [seconds, betweenMs] = [10, 1_000 / perSecond];
    for (let message = 0; message < seconds * perSecond; message += 1) {
      timer.within(40);
      vi.advanceTimersByTime(betweenMs);
    }
    expect(asked).toBeGreaterThanOrEqual(seconds);
    timer.stop();
    const before = asked;
    vi.advanceTimersByTime(10_000);
    expect(asked).toBe(before);
  });
});

describe('when to show', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('comes at once when it is quiet, and twice a second where no event can be read alone', () => {
    let shown = 0;
    const timer = createShowTimer(() => {
      shown += 1;
    });
    timer.changed(1);
    vi.advanceTimersByTime(0);
    expect(shown).toBe(1);
    const perSecond = 10;
    for (let batch = 0; batch < 10 * perSecond; batch += 1) {
      timer.changed(5);
      vi.advanceTimersByTime(1_000 / perSecond);
    }
    expect(shown).toBeGreaterThanOrEqual(18);
    expect(shown).toBeLessThanOrEqual(22);
    timer.changed(1);
    timer.stop();
    const before = shown;
    vi.advanceTimersByTime(10_000);
    expect(shown).toBe(before);
  });
});
