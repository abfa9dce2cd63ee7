/** Raw batches of a range as far as they are kept, bounded in cost; says where it had to begin later than asked. */

import { MAX_READ_BYTES } from '../budgets.js';
import { readNewestBatches } from '../event-log/read-newest.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../event-log/retention-window.js';
import { createNote, type Note } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { EventStore, StoredBatch } from '../storage/event-store.js';
import { DAY_MS } from '../time/ms.js';

/** Batches that one question reads at most. */
export const MAX_RAW_BATCHES = 20_000;

export interface RawBatches {
  /** In order of arrival. */
  batches: StoredBatch[];
  /** Arrival (ms) from which on everything is in. */
  begins: number;
  notes: Note[];
}

/** @param asked all in ms; `from` inclusive, `to` exclusive */
export async function readRaw(
  events: EventStore,
  site: ResolvedSite,
  { from, to, now }: { from: number; to: number; now: number },
): Promise<RawBatches> {
  const retainedFrom = now - site.retentionDays * DAY_MS;
  const range = {
    from: Math.max(from, retainedFrom),
    to: Math.min(to, now + CLOCK_MARGIN_MS),
    limit: MAX_RAW_BATCHES,
  };
  const { batches, truncated } = await readNewestBatches(events, site, range);
  const begins = truncated ? (batches[0]?.received_at ?? to) : range.from;
  return { batches, begins, notes: toNotes(begins, { truncated, expired: from < retainedFrom }) };
}

function toNotes(begins: number, { truncated, expired }: { truncated: boolean; expired: boolean }): Note[] {
  const at = new Date(begins).toISOString();
  if (truncated)
    return [
      createNote(
        'raw_events_cut',
        `truncated: at most ${MAX_RAW_BATCHES} batches and ${MAX_READ_BYTES >> 20} MB of raw events are read (events since ${at})`,
        { at, limit: MAX_RAW_BATCHES },
      ),
    ];
  return expired ? [expiredNote(begins)] : [];
}
