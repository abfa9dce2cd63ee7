/** A chunk made of others is the chunk that their batches make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, GROUPS, GroupNotReadError } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { mergeChunks, withoutSessions } from '../../src/columns/derive-chunk.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { batches, FROM, hash, TO } from './histories.js';
import { toColumns, toRows } from './to-rows.js';

function build(sent: readonly StoredBatch[]): Chunk {
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (const batch of sent) builder.add(batch);
  return builder.build();
}

/** As the log is read: what arrives later never comes first. */
const byArrival = (sent: StoredBatch[]) => sent.toSorted((a, b) => a.received_at - b.received_at);

describe('a chunk', () => {
  it('of parts of a day is the chunk of the day', () => {
    fc.assert(
      fc.property(batches.map(byArrival), fc.nat({ max: 25 }), (sent, cut) => {
        const merged = mergeChunks([build(sent.slice(0, cut)), build(sent.slice(cut))]);
        expect(toColumns(merged)).toEqual(toColumns(build(sent)));
      }),
      { numRuns: 150 },
    );
  });

  it('without some sessions, visitors and users has nothing of theirs', () => {
    const ids = fc.subarray(['session-0', 'session-1', 'visitor-0', 'user-1']);
    fc.assert(
      fc.property(batches.map(byArrival), ids, (sent, erased) => {
        const hashes = new Set(erased.map(hash));
        const left = withoutSessions(build(sent), (owner) =>
          [owner.session, owner.visitor, owner.user].some((one) => hashes.has(one)),
        );
        const isLeft = ({ session_id, visitor_id, user_id = '', bot }: StoredBatch) =>
          bot || ![session_id, visitor_id, user_id].some((id) => erased.includes(id));
        const expected = build(sent.filter(isLeft));
        expect(toColumns(left)).toEqual({ ...toColumns(expected), over: left.over });
      }),
      { numRuns: 150 },
    );
  });

  it('does not have properties that one of its parts has lost', () => {
    const part = build([
      {
        ...{ site: 'shop', session_id: 's', visitor_id: 'v', batch: 'b', received_at: FROM, expires_at: 0 },
        events: [{ event_type: 'click', event_id: 'e', timestamp: FROM, element_id: 'buy', props: { a: 1 } }],
      },
    ]);
    const groups = new Set(GROUPS.filter((group) => group !== 'property'));
    const merged = mergeChunks([part, { ...part, groups }]);
    expect(merged.groups).toEqual(groups);
    expect(() => merged.property()).toThrow(GroupNotReadError);
    expect(merged.detail().clickTarget.values).toEqual(['', 'element#buy']);
    expect(toRows({ ...merged, property: () => new Map() })).toHaveLength(2);
  });
});
