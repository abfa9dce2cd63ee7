/** Stores a batch so that each of its events is there once, whatever is sent again, by whom, and in what pieces. */

import { DAY_MS } from '../../time/ms.js';
import { withBackoff } from '../aws/retry.js';
import { compareWithStored } from '../compare-with-stored.js';
import type { AppendOutcome, NewBatch, StoredEvent } from '../event-store.js';
import { MAX_PARTS, partName, partNumber } from '../part-names.js';
import type { Item } from './attribute-codec.js';
import type { StoreClock } from './clock.js';
import { explain } from './error-hints.js';
import type { GroupCommit } from './group-commit.js';
import { decodeEvents, encodeBatch } from './items.js';
import type { PresenceRecords } from './presence-records.js';

/** Each one lost means that the chain has grown; more are only needed where items expire in between. */
const MAX_ATTEMPTS = 2 * MAX_PARTS;

export interface AppendParts {
  clock: StoreClock;
  group: GroupCommit;
  marks: PresenceRecords;
  /** Layout of what is written. Default: the one that versions around this one read. */
  layout?: number | undefined;
  /** The items under a batch's name, strongly consistent. */
  chain(batch: NewBatch): Promise<Item[]>;
}

/** Never rejects: what the store could not do is to be tried again. */
export async function append(parts: AppendParts, batch: NewBatch): Promise<AppendOutcome> {
  let lacking = batch.events;
  let reused: string[] = [];
  try {
    const marking = markToday(parts, batch);
    if (marking) await marking;
    let part = 1;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (part > MAX_PARTS) return { kind: 'batch_name_reused', event_ids: toIds(lacking), ...given(reused) };
      const insertion = await insertWithBackoff(parts, batch, part, lacking);
      if (insertion.kind === 'inserted') {
        const received_at = batch.received_at ?? insertion.received_at;
        const marking = parts.marks.ensure(batch, received_at);
        if (marking) await marking;
        return {
          kind: 'stored',
          inserted: { batch: partName(batch.batch, part), received_at, event_ids: toIds(lacking) },
          ...given(reused),
        };
      }
      if (insertion.kind !== 'exists') return retry(lacking, insertion.cause);
      const chain = await parts.chain(batch);
      ({ lacking, reused } = compareWithStored(batch.events, chain.flatMap(decodeEvents)));
      if (lacking.length === 0) {
        // Whoever wrote them may have ended before their days were marked.
        await Promise.all(chain.map((item) => parts.marks.ensure(batch, writtenAt(item, batch))));
        return { kind: 'stored', ...given(reused) };
      }
      part = nextFreePart(chain);
    }
    return retry(lacking, 'gave up after conflicting writes');
  } catch (error) {
    return retry(batch.events, explain(error));
  }
}

/** The mark's reply also sets the clock, so that a process's first arrival is stamped right. */
function markToday({ clock, marks }: AppendParts, batch: NewBatch): Promise<unknown> | undefined {
  return marks.ensure(batch, clock.now())?.then(() => marks.ensure(batch, clock.now()));
}

function insertWithBackoff(
  { clock, group, layout }: AppendParts,
  batch: NewBatch,
  part: number,
  events: StoredEvent[],
) {
  const row = encodeBatch(batch, part, events, clock.now(), layout);
  return withBackoff(
    () => group.insert(row),
    ({ kind }) => kind === 'transient',
  );
}

/** When an item was written, in ms: of an import that is not when it was received. */
const writtenAt = ({ expires_at }: Item, { retention_days }: NewBatch) =>
  Number(expires_at?.N) * 1000 - retention_days * DAY_MS;

const given = (reused: string[]) => (reused.length > 0 ? { reused } : {});

/** An empty chain after a conflict: the item has expired in between, and its name is free again. */
const nextFreePart = (chain: Item[]) => 1 + Math.max(0, ...chain.map(({ sk }) => partNumber(sk?.S ?? '')));

const retry = (events: StoredEvent[], cause: string): AppendOutcome => ({
  kind: 'retry',
  event_ids: toIds(events),
  cause,
});

const toIds = (events: StoredEvent[]) => events.map(({ event_id }) => event_id);
