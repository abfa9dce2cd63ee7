/** Rows of the log as batches: no more than a budget of JSON text, and none of the rows can stop the others. */
import { createTimeSlice } from '../../time-slice.js';
import type { ArrivedItem, StoredBatch, UndecodableBatch } from '../event-store.js';
import { partName } from '../part-names.js';
import type { Contexts } from './contexts.js';
import { type Row, toBuffer } from './driver.js';
import { decodeEvents } from './event-codec.js';
import { unpackId } from './packed-id.js';

export const LOG_COLUMNS =
  'id, session, name, part, visitor, user, sent_at, received_at, expires_at, device, origin, dropped, events';

export interface DecodedRow {
  batch: StoredBatch;
  /** Of its events as JSON text. */
  bytes: number;
}

/** What is known of a row whatever its events are: enough to name and to delete it. */
function nameRow(site: string, row: Row): StoredBatch {
  return {
    site,
    session_id: unpackId(row.session),
    batch: partName(unpackId(row.name), Number(row.part)),
    visitor_id: unpackId(row.visitor),
    received_at: Number(row.received_at),
    expires_at: Number(row.expires_at),
    events: [],
    ...(typeof row.user === 'string' ? { user_id: row.user } : {}),
  };
}

/** Throws for a row that cannot be read. */
function decodeRow(site: string, row: Row, contexts: Contexts): DecodedRow {
  const name = unpackId(row.name);
  const { events, bytes } = decodeEvents(toBuffer(row.events), name);
  // The context first: to copy one object and add fields to it takes a fraction of putting several together.
  const batch: StoredBatch = {
    ...contexts.read(Number(row.device), Number(row.origin)),
    site,
    session_id: unpackId(row.session),
    batch: partName(name, Number(row.part)),
    visitor_id: unpackId(row.visitor),
    received_at: Number(row.received_at),
    expires_at: Number(row.expires_at),
    events,
  };
  if (typeof row.user === 'string') batch.user_id = row.user;
  if (typeof row.sent_at === 'number') batch.sent_at = row.sent_at;
  if (typeof row.dropped === 'string') batch.dropped = JSON.parse(row.dropped);
  return { batch, bytes };
}

/** To be deleted, every row must be named: what cannot be read has no events. */
export function decodeOrName(site: string, row: Row, contexts: Contexts): StoredBatch {
  try {
    return decodeRow(site, row, contexts).batch;
  } catch {
    return nameRow(site, row);
  }
}

export interface DecodedRows {
  batches: StoredBatch[];
  undecodable: UndecodableBatch[];
  /** JSON text of the batches. */
  bytes: number;
  /** Rows looked at: fewer than there are if they were too much. */
  rows: number;
}

/** @param skip rows that are left out undecoded */
export async function decodeRows(
  site: string,
  rows: readonly Row[],
  contexts: Contexts,
  maxBytes: number,
  skip?: (item: ArrivedItem) => boolean,
): Promise<DecodedRows> {
  const slice = createTimeSlice();
  const page: DecodedRows = { batches: [], undecodable: [], bytes: 0, rows: 0 };
  for (const row of rows) {
    if (page.bytes >= maxBytes) break;
    page.rows += 1;
    if (skip?.(nameRow(site, row))) continue;
    try {
      const { batch, bytes } = decodeRow(site, row, contexts);
      page.batches.push(batch);
      page.bytes += bytes;
    } catch (error) {
      const { session_id, batch, received_at } = nameRow(site, row);
      const reason = error instanceof Error ? error.message : String(error);
      page.undecodable.push({ site, session_id, batch, received_at, reason });
    }
    await slice();
  }
  return page;
}
