/** Stores a batch so that each of its events is there once, whatever is sent again and in what pieces. Within a transaction. */
import { compareWithStored } from '../compare-with-stored.js';
import type { AppendOutcome, NewBatch, StoredEvent } from '../event-store.js';
import { MAX_PARTS, partName } from '../part-names.js';
import { type Contexts, toContextTexts } from './contexts.js';
import type { Database } from './database.js';
import { toBuffer } from './driver.js';
import { decodeEvents, encodeEvents, NewerLayoutError } from './event-codec.js';
import { explain } from './explain.js';
import { packId } from './packed-id.js';
import type { MarkPresence } from './presence.js';

const DAY_S = 86_400;

/** A batch made ready to be written, but for its arrival. */
export interface PreparedBatch {
  batch: NewBatch;
  session: string | Uint8Array;
  name: string | Uint8Array;
  visitor: string | Uint8Array;
  device: string;
  origin: string;
  dropped: string | null;
  events: Buffer;
  bytes: number;
}

/** What can fail because of the batch itself fails here, before others are written with it. */
export function prepareBatch(batch: NewBatch): PreparedBatch {
  const texts = toContextTexts(batch);
  const events = encodeEvents(batch.events, batch.batch);
  return {
    batch,
    session: packId(batch.session_id),
    name: packId(batch.batch),
    visitor: packId(batch.visitor_id),
    ...texts,
    dropped: batch.dropped ? JSON.stringify(batch.dropped) : null,
    events,
    bytes: events.length + texts.device.length + texts.origin.length,
  };
}

export type Append = (prepared: PreparedBatch, now: number) => AppendOutcome;

export function createAppend({ sql }: Database, contexts: Contexts, markPresence: MarkPresence): Append {
  function insert(prepared: PreparedBatch, stamp: Placed, part: number, events: Buffer): boolean {
    const { batch, session, name, visitor, device, origin, dropped } = prepared;
    const { site, shard, receivedAt, expiresAt } = stamp;
    return (
      Number(
        sql(
          `INSERT OR IGNORE INTO batches (site, shard, received_at, expires_at, session, name, part, visitor, user, sent_at,
           device, origin, dropped, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(
          site,
          shard,
          receivedAt,
          expiresAt,
          session,
          name,
          part,
          visitor,
          batch.user_id ?? null,
          batch.sent_at ?? null,
          contexts.contextId(device, expiresAt),
          contexts.contextId(origin, expiresAt),
          // What the tracker gave up is frozen with the batch, so it stands in its first part alone.
          part === 1 ? dropped : null,
          events,
        ).changes,
      ) === 1
    );
  }

  return (prepared, now) => {
    const { batch } = prepared;
    const receivedAt = batch.received_at ?? now;
    const shard = batch.shardAt(receivedAt);
    const expiresAt = Math.ceil(now / 1000) + batch.retention_days * DAY_S;
    markPresence(batch, { now, receivedAt, shard, expiresAt });
    const stamp = { site: contexts.siteId(batch.site), shard, receivedAt, expiresAt };
    const inserted = (part: number, events: readonly StoredEvent[]) => ({
      batch: partName(batch.batch, part),
      received_at: receivedAt,
      event_ids: toIds(events),
    });
    if (insert(prepared, stamp, 1, prepared.events))
      return { kind: 'stored', inserted: inserted(1, batch.events) };

    const chain = sql(
      'SELECT part, events FROM batches WHERE site = ? AND session = ? AND name = ? ORDER BY part',
    ).all(stamp.site, prepared.session, prepared.name);
    const stored: StoredEvent[] = [];
    for (const row of chain) {
      try {
        stored.push(...decodeEvents(toBuffer(row.events), batch.batch).events);
      } catch (error) {
        // Its events are known to the version that wrote it; what is broken has none.
        if (error instanceof NewerLayoutError)
          return { kind: 'retry', event_ids: toIds(batch.events), cause: explain(error) };
      }
    }
    const { lacking, reused } = compareWithStored(batch.events, stored);
    const others = reused.length > 0 ? { reused } : {};
    if (lacking.length === 0) return { kind: 'stored', ...others };
    const part = 1 + Math.max(...chain.map((row) => Number(row.part)));
    if (part > MAX_PARTS) return { kind: 'batch_name_reused', event_ids: toIds(lacking), ...others };
    insert(prepared, stamp, part, encodeEvents(lacking, batch.batch));
    return { kind: 'stored', inserted: inserted(part, lacking), ...others };
  };
}

interface Placed {
  site: number;
  shard: number;
  receivedAt: number;
  expiresAt: number;
}

export const toIds = (events: readonly StoredEvent[]): string[] => events.map(({ event_id }) => event_id);
