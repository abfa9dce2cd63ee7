import { describe, expect, it } from 'vitest';
import { makeRoom as makeRoomInCore } from '../src/extras.js';
import { makeRoom } from '../src/extras-extended.js';
import type { Batches, WireBatch } from '../src/wire.js';

const batchOf = (chars: number, ...types: string[]): WireBatch => ({
  v: 1,
  site: 'shop',
  batch: 'id-0',
  session: { session_id: 's', entry_page: '/', referrer: '', utm: {} },
  context: { language: 'en', screen: '1x1', viewport: '1x1' },
  sent_at: 0,
  events: types.map((event_type, index) => ({
    event_id: `id-${index}`,
    event_type,
    timestamp: index,
    text: 'x'.repeat(chars),
  })),
});

const run = (batches: Batches, how: typeof makeRoom) => {
  const dropped: Record<string, number> = {};
  how(
    batches,
    (reason, count) => {
      dropped[reason] = (dropped[reason] ?? 0) + count;
    },
    (key, batch) => {
      batches[key] = batch;
    },
    (key) => delete batches[key],
  );
  const left = Object.values(batches).map((batch) => batch?.events.map((event) => event.event_type));
  return { dropped, left };
};

describe('a full queue of the extended build', () => {
  it('gives up the oldest minor events before any view or conversion, and counts them', () => {
    const batches = { a: batchOf(300_000, 'page_view', 'click'), b: batchOf(300_000, 'click', 'conversion') };
    expect(run(batches, makeRoom)).toEqual({
      dropped: { queue_full: 1 },
      left: [['page_view'], ['click', 'conversion']],
    });
  });

  it('gives up views and conversions, oldest first, once nothing else is left', () => {
    const batches = { a: batchOf(600_000, 'page_view', 'click'), b: batchOf(600_000, 'conversion') };
    expect(run(batches, makeRoom)).toEqual({ dropped: { queue_full: 2 }, left: [['conversion']] });
  });

  it('leaves what is in flight alone, and gives up nothing where there is room', () => {
    expect(run({ a: null, b: batchOf(1, 'click') }, makeRoom)).toEqual({
      dropped: {},
      left: [undefined, ['click']],
    });
  });
});

describe('a full queue of the core', () => {
  it('gives up its oldest batch, and counts its events', () => {
    const batches = Object.fromEntries(
      Array.from({ length: 65 }, (_, index) => [`k${index}`, batchOf(1, 'click', 'click')]),
    );
    expect(run(batches, makeRoomInCore)).toMatchObject({ dropped: { queue_full: 2 } });
    expect(Object.keys(batches)).toHaveLength(64);
    expect(batches.k0).toBeUndefined();
  });
});
