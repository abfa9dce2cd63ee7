/** Looks through the newest of the log for ids that have a text in them: columns have only their hashes. */
import { MAX_SEARCHED_BATCHES } from '../budgets.js';
import { scanBackward } from '../event-log/scan-backward.js';
import { createNote, type Note } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';

const PAGE_BATCHES = 1_000;

export interface FoundIds {
  /** Hashes of sessions whose id has the text, or that of their user. */
  sessions: ReadonlySet<bigint>;
  notes: Note[];
}

/** @param range arrivals in ms */
export async function findIds(
  { events, hash }: QueryContext,
  site: ResolvedSite,
  search: string,
  range: { from: number; to: number },
): Promise<FoundIds> {
  const sessions = new Set<bigint>();
  let batches = 0;
  for await (const batch of scanBackward(events, site, { ...range, pageBatches: PAGE_BATCHES })) {
    if (batches === MAX_SEARCHED_BATCHES) return { sessions, notes: [toNote(batch.received_at)] };
    batches += 1;
    const { session_id, user_id = '' } = batch;
    if (hasText(session_id, search) || hasText(user_id, search)) sessions.add(hash(session_id));
  }
  return { sessions, notes: [] };
}

function toNote(arrival: number): Note {
  const at = new Date(arrival).toISOString();
  const message = `a part of a session's or user's id is looked for in what arrived from ${at} on: older sessions are found by the whole id`;
  return createNote('ids_searched_from', message, { at, limit: MAX_SEARCHED_BATCHES });
}
