/** A page of items as batches: no more than a budget of JSON text, and none of the items can stop the others. */
import { MAX_LOG_PAGE_BYTES } from '../../budgets.js';
import { createTimeSlice } from '../../time-slice.js';
import type { ArrivedItem, StoredBatch, UndecodableBatch } from '../event-store.js';
import type { Item } from './attribute-codec.js';
import { decodeItem, nameOfItem } from './items.js';

export interface DecodedPage {
  batches: StoredBatch[];
  undecodable: UndecodableBatch[];
  /** JSON text of the batches. */
  bytes: number;
  /** Items looked at: fewer than there are if they were too much. */
  items: number;
}

/** @param skip items that are left out undecoded */
export async function decodePage(
  items: Item[],
  maxBytes = MAX_LOG_PAGE_BYTES,
  skip?: (item: ArrivedItem) => boolean,
): Promise<DecodedPage> {
  const slice = createTimeSlice();
  const page: DecodedPage = { batches: [], undecodable: [], bytes: 0, items: 0 };
  for (const item of items) {
    if (page.bytes >= maxBytes) break;
    page.items += 1;
    if (skip?.(nameOfItem(item))) continue;
    try {
      const { batch, bytes } = decodeItem(item);
      page.batches.push(batch);
      page.bytes += bytes;
    } catch (error) {
      page.undecodable.push(undecodable(item, error));
    }
    await slice();
  }
  return page;
}

/** Batches of items of which every one must be named, to be deleted: what cannot be read has no events. */
export const decodeOrName = (item: Item): StoredBatch => {
  try {
    return decodeItem(item).batch;
  } catch {
    return nameOfItem(item);
  }
};

function undecodable(item: Item, error: unknown): UndecodableBatch {
  const { site, session_id, batch, received_at } = nameOfItem(item);
  return {
    site,
    session_id,
    batch,
    received_at,
    reason: error instanceof Error ? error.message : String(error),
  };
}
