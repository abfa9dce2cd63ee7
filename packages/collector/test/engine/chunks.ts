/** Histories as chunks, cut at some hours, and questions about them: for tests that compare scans with plain sums. */
import fc from 'fast-check';
import type { Chunk } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import type { ChunkSet } from '../../src/columns/chunk-source.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { FROM, hash, TO } from '../columns/histories.js';

export const HOUR = 3_600_000;

const filter = fc.constantFrom(
  'page=/page-1',
  'page=!/page-2',
  'page=/page-*',
  'page=!*',
  'exit_page=/page-1',
  'exit_page=!/page-3&exit_page=*',
  'entry_page=~PAGE',
  'source=text-1&source=text-2',
  'source=*',
  'country=!KR',
  'country=KR',
  'country=KR&country=!D*',
  'device=mobile',
  'channel=channel-1',
  'language=!ko',
  'utm_medium=!*',
  'event_name=custom-1',
  'event_name=!click',
  'conversion_type=goal-*',
  'click_target=~text',
  'hour_of_week=6-*',
  'hour_of_week=!6-03&hour_of_week=!6-04',
  'prop:key-1=text-1',
  'prop:key-2=>5',
  'prop:key-2=>=1&prop:key-2=<10',
  'prop:key-3=!*',
  'prop:key-4=true',
  'prop:a.b=*',
);

/** Up to three filters. */
export const filters = fc
  // Two of one parameter would be one filter.
  .uniqueArray(filter, { maxLength: 3, selector: (one) => one.split('=')[0] })
  .map((some) => some.join('&'));

/** Hours at which chunks begin. */
export const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 23 }), { maxLength: 3 });

/** A range, and bounds within it. */
export const bounds = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 * 12 }), { minLength: 2, maxLength: 4 })
  .map((fives) => fives.sort((a, b) => a - b).map((five) => FROM + five * 300_000));

export function toChunks(history: StoredBatch[], hours: number[]): Chunk[] {
  const starts = [FROM, ...hours.sort((a, b) => a - b).map((hour) => FROM + hour * HOUR), TO];
  return starts.slice(1).map((to, index) => {
    const from = starts[index] ?? FROM;
    const builder = createChunkBuilder({ hash, from, to });
    for (const batch of history) if (batch.received_at >= from && batch.received_at < to) builder.add(batch);
    return builder.build();
  });
}

export const toSet = (chunks: Chunk[]): ChunkSet => ({
  async *chunks() {
    yield* chunks;
  },
  asOf: TO,
  notes: [],
});

/** Of a site without goals. */
export const NO_GOALS = {
  goal: () => Promise.reject(new Error('there are no goals')),
  savedSegment: () => Promise.reject(new Error('there are no segments')),
  pageGroups: async () => (page: string) => page,
  hasGoal: async () => false,
};
