import { describe, expect, it } from 'vitest';
import { halves, trim } from '../src/queue.js';
import type { WireBatch } from '../src/wire.js';

const batchOf = (...types: string[]): WireBatch => ({
  v: 1,
  site: 'shop',
  batch: 'id-0',
  session: { session_id: 's', entry_page: '/', referrer: '', utm: {} },
  context: { language: 'en', screen: '1x1', viewport: '1x1', timezone: 'UTC' },
  sent_at: 0,
  dropped: { queue_full: 2 },
  events: types.map((event_type, index) => ({ event_id: `id-${index}`, event_type, timestamp: index })),
});

const typesOf = (batch: WireBatch) => batch.events.map((event) => event.event_type);

describe('halves', () => {
  it('share the name, keep the order, and count what was dropped once', () => {
    const parts = halves(batchOf('page_view', 'click', 'conversion')).map(([half]) => half);
    expect(parts.map((half) => half.batch)).toEqual(['id-0', 'id-0']);
    expect(parts.map(typesOf)).toEqual([['page_view'], ['click', 'conversion']]);
    expect(parts.map((half) => half.dropped)).toEqual([{ queue_full: 2 }, undefined]);
  });

  it('lie under the ids of their first events', () => {
    expect(halves(batchOf('click', 'click', 'click')).map(([, key]) => key)).toEqual(['id-0', 'id-1']);
  });
});

describe('trim', () => {
  it('takes the oldest minor events before any view or conversion', () => {
    const batches = [batchOf('page_view', 'click'), batchOf('click', 'conversion')];
    expect(trim(batches, 1)).toBe(1);
    expect(batches.map(typesOf)).toEqual([['page_view'], ['click', 'conversion']]);
  });

  it('takes views and conversions, oldest first, once nothing else is left', () => {
    const batches = [batchOf('page_view', 'click'), batchOf('click', 'conversion')];
    const one = JSON.stringify(batches[0]?.events[0]).length;
    expect(trim(batches, 2 * one + 1)).toBe(3);
    expect(batches.map(typesOf)).toEqual([[], ['conversion']]);
  });

  it('takes nothing where there is room', () => {
    const batches = [batchOf('click')];
    expect(trim(batches, 0)).toBe(0);
    expect(batches.map(typesOf)).toEqual([['click']]);
  });
});
