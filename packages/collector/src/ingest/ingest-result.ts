/** Tells a sender what became of each event of its request. */
import type { IngestData, Issue, ParsedBatch, RejectedEvent } from '@liveinsight/schema';
import type { AppendOutcome } from '../storage/event-store.js';

export type ParsedRequest = Extract<ParsedBatch, { ok: true }>;

/** What became of the events after parsing, where they were not stored; by event id. */
export interface RejectedEvents {
  /** Never to be stored, each for its reason. */
  rejected: { ids: string[]; issue: Issue }[];
  /** Not stored now: to be sent again. */
  retry: string[];
  /** Left out by rules of the site. */
  excluded?: string[];
}

/** What will never be stored under the batch's name, and why. */
export function reusedNames(outcome: Exclude<AppendOutcome, { kind: 'retry' }>): RejectedEvents['rejected'] {
  const full =
    outcome.kind === 'batch_name_reused' ? [{ ids: outcome.event_ids, issue: BATCH_NAME_FULL }] : [];
  return outcome.reused ? [...full, { ids: outcome.reused, issue: EVENT_ID_REUSED }] : full;
}

const BATCH_NAME_FULL = {
  code: 'batch_name_reused',
  path: 'batch',
  message: 'too many different batches were sent under this name: name a batch by its first event_id',
} as const;

const EVENT_ID_REUSED = {
  code: 'batch_name_reused',
  path: 'event_id',
  message:
    'another event is stored under this event_id: give each event an id that nobody can guess, as a UUID',
} as const;

export function toIngestResult(
  parsed: ParsedRequest,
  { rejected: refused, retry, excluded = [] }: RejectedEvents,
): IngestData {
  const rejected = [...parsed.rejected];
  let accepted = parsed.accepted;
  for (const { ids, issue } of refused) {
    for (const { index, event_id } of positions(parsed, ids)) rejected.push({ index, event_id, ...issue });
  }
  accepted -= rejected.length - parsed.rejected.length;
  if (retry.length > 0) accepted -= positions(parsed, retry).length;
  const left = excluded.length > 0 ? positions(parsed, excluded).length : 0;
  accepted -= left;
  const data: IngestData = { accepted, rejected: rejected.sort(byIndex) };
  if (retry.length > 0) {
    data.retry = true;
    data.retry_events = retry;
  }
  if (left > 0) data.excluded = left;
  if (parsed.bare) {
    const [event] = parsed.batch.events;
    if (event) data.event_id = event.event_id;
    data.session_id = parsed.batch.session.session_id;
  }
  return data;
}

/** Where in the request the events with these ids stood, repetitions included. */
function positions({ batch, rejected, repeated }: ParsedRequest, ids: string[]) {
  const occupied = new Set([...rejected, ...repeated].map(({ index }) => index));
  const found: { index: number; event_id: string }[] = repeated.filter(({ event_id }) =>
    ids.includes(event_id),
  );
  let index = 0;
  for (const { event_id } of batch.events) {
    while (occupied.has(index)) index += 1;
    if (ids.includes(event_id)) found.push({ index, event_id });
    index += 1;
  }
  return found;
}

const byIndex = (a: RejectedEvent, b: RejectedEvent) => a.index - b.index;
