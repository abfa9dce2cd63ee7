/** The store of the thread of questions: it reads by itself, and has the thread of events write. */
import type { AppendOutcome, Store } from '../storage/event-store.js';
import { openReadSide } from '../storage/sqlite/read-side.js';
import type { Calls } from './calls.js';
import { type HostCalls, WRITES, type WriteName } from './question-calls.js';

type Writes = Pick<Store, WriteName | 'append'>;

export function openQuestionStore(folder: string, calls: Calls<HostCalls>): Store {
  const reads = openReadSide(folder);
  return { ...reads, ...sentWrites(reads.now, calls) };
}

function sentWrites(now: () => number, calls: Calls<HostCalls>): Writes {
  const writes = WRITES.map((name) => [name, (...args: unknown[]) => calls.call('write', name, args)]);
  return {
    ...(Object.fromEntries(writes) as Pick<Store, WriteName>),
    async append({ shardAt, ...batch }): Promise<AppendOutcome> {
      try {
        return await calls.call('append', { ...batch, shard: shardAt(batch.received_at ?? now()) });
      } catch (error) {
        const event_ids = batch.events.map(({ event_id }) => event_id);
        return { kind: 'retry', event_ids, cause: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
