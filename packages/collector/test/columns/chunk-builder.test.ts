/** A chunk holds each event of the batches it is built from, once, with what its batch says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { batches, FROM, hash, TO } from './histories.js';
import { listRows } from './listing.js';
import { type Row, toRows } from './to-rows.js';

function build(sent: readonly StoredBatch[], countBots = false) {
  const builder = createChunkBuilder({ hash, traffic: countBots ? 'all' : 'people', from: FROM, to: TO });
  for (const batch of sent) builder.add(batch);
  return builder.build();
}

/** Sorts a list so that it is the same for every order of equal rows. */
const sorted = (rows: Row[]) => rows.map((row) => JSON.stringify(row, toSorted)).sort();
const toSorted = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort()) : value;

describe('a chunk of batches', () => {
  it('lists every event with what its batch says, as a plain listing does', () => {
    fc.assert(
      fc.property(batches, fc.boolean(), (sent, countBots) => {
        const chunk = build(sent, countBots);
        const expected = listRows(sent, { countBots });
        expect(sorted(toRows(chunk))).toEqual(sorted(expected));
        expect(chunk.events).toBe(expected.length);
        expect(chunk.events + chunk.botEvents).toBe(sent.flatMap(({ events }) => events).length);
      }),
      { numRuns: 100 },
    );
  });

  it('has one row for each distinct context, those of a session next to each other', () => {
    fc.assert(
      fc.property(batches, (sent) => {
        const chunk = build(sent);
        const { count, session, sessions, firstEvent, duration } = chunk.context();
        const rows = toRows(chunk);
        const contexts = rows.map(({ session: id, visitor, user, dimensions }) =>
          JSON.stringify([id, visitor, user, dimensions]),
        );
        const firsts = contexts.filter((context, index) => context !== contexts[index - 1]);
        expect(new Set(contexts).size).toBe(count);
        expect(firsts).toHaveLength(count);
        expect(new Set(rows.map((row) => row.session)).size).toBe(sessions);
        expect([...session]).toEqual([...session].sort((a, b) => a - b));
        expect([...firstEvent].at(-1)).toBe(chunk.events);
        for (let context = 0; context < count; context += 1) {
          const own = rows.slice(firstEvent[context], firstEvent[context + 1]);
          expect(duration[context]).toBe(own.reduce((sum, { gap }) => sum + gap, 0));
          const times = own.map(({ timestamp, arrival }) => [timestamp, arrival]);
          expect(times).toEqual(times.toSorted(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same in whatever order the batches come, but for events of one time', () => {
    fc.assert(
      fc.property(batches, (sent) => {
        const [a, b] = [build(sent), build(sent.toReversed())];
        expect(b.context().dimensions).toEqual(a.context().dimensions);
        expect(b.event().page.values).toEqual(a.event().page.values);
        expect(b.event().kinds).toEqual(a.event().kinds);
        expect(b.time()).toMatchObject({ timestamp: a.time().timestamp });
      }),
      { numRuns: 100 },
    );
  });

  it('keeps events of one time and arrival in the order they have in their batch', () => {
    const events = Array.from({ length: 100 }, (_, index) => ({
      event_id: `e${index}`,
      event_type: 'custom' as const,
      name: `n${index}`,
      timestamp: FROM,
    }));
    const chunk = build([
      {
        site: 'shop',
        session_id: 's',
        visitor_id: 'v',
        batch: 'b',
        received_at: FROM,
        expires_at: 0,
        events,
      },
    ]);
    expect(toRows(chunk).map(({ name }) => name)).toEqual(events.map(({ name }) => name));
  });
});
