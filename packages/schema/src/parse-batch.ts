import type * as v from 'valibot';
import { BareEnvelopeSchema, type Batch, EnvelopeSchema } from './batch.js';
import { describe, issue } from './describe-issue.js';
import type { Event } from './event.js';
import { isJsonObject, type JsonObject } from './fields.js';
import type { Issue, RejectedEvent } from './issue.js';
import { MAX_EVENTS_PER_BATCH, MAX_ISSUES } from './limits.js';
import { type ParsedEvents, type ParseOptions, parseEvents, toMilliseconds } from './parse-event.js';
import { readEnvelope } from './repair-envelope.js';
import { toWellFormed } from './well-formed.js';

export type ParsedBatch =
  | ({
      ok: true;
      /** Its events are the valid ones, each once; none when all were refused. */
      batch: Batch;
      /** Whether it came as a single event without an envelope. */
      bare: boolean;
    } & Omit<ParsedEvents, 'events' | 'lostFields'>)
  | { ok: false; issues: [Issue, ...Issue[]] };

/** Reads a request's text as one batch, or as one bare event. Never throws. */
export function parseBatchText(text: string, options: ParseOptions): ParsedBatch {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return refuse([issue('invalid_json', '', `the body is not JSON: ${cause}`)]);
  }
  return parseBatch(toWellFormed(text, value), options);
}

/** Reads a decoded JSON value as one batch, or as one bare event. Each event is judged alone. */
export function parseBatch(value: unknown, options: ParseOptions): ParsedBatch {
  if (!isJsonObject(value)) {
    return refuse([issue('invalid_body', '', 'the body must be an object: a batch, or a single event')]);
  }
  return value.events === undefined && value.event_type !== undefined
    ? parseBareEvent(value, options)
    : parseEnvelope(value, options);
}

function parseEnvelope(value: JsonObject, options: ParseOptions): ParsedBatch {
  const { parsed: envelope, lost } = readEnvelope(EnvelopeSchema, value, options.repair);
  const list = eventList(value.events);
  if (!envelope.success || !list.ok) {
    return refuse([...(envelope.issues ?? []).map(describe), ...(list.ok ? [] : [list.issue])]);
  }
  const said = envelope.output;
  const { events, lostFields, ...judged } = parseEvents(list.events, options);
  const name = said.batch ?? defaultName(events, options);
  const batch: Batch = {
    batch: name,
    session: { ...said.session, session_id: said.session?.session_id ?? name },
    context: said.context ?? {},
    events,
  };
  if (said.dropped !== undefined) batch.dropped = said.dropped;
  if (said.hash_routes !== undefined) batch.hash_routes = said.hash_routes;
  addLost(batch, lost + lostFields);
  addSender(batch, said);
  return { ok: true, bare: false, ...judged, batch };
}

function parseBareEvent(value: JsonObject, options: ParseOptions): ParsedBatch {
  const { parsed: envelope, lost } = readEnvelope(BareEnvelopeSchema, value, options.repair);
  const { events, lostFields, ...judged } = parseEvents([value], options);
  if (!envelope.success || judged.rejected.length > 0) {
    return refuse([...(envelope.issues ?? []).map(describe), ...judged.rejected.map(withoutPlace)]);
  }
  const said = envelope.output;
  const name = defaultName(events, options);
  const batch: Batch = {
    batch: name,
    session: { session_id: said.session_id ?? name },
    context: {},
    events,
  };
  addLost(batch, lost + lostFields);
  if (said.referrer !== undefined) batch.session.referrer = said.referrer;
  addSender(batch, said);
  return { ok: true, bare: true, ...judged, batch };
}

/** What was left out here is counted with what the client has left out. */
function addLost(batch: Batch, fields: number): void {
  if (fields > 0) batch.dropped = { ...batch.dropped, field: (batch.dropped?.field ?? 0) + fields };
}

/** Field by field: to spread all others than some costs more than to judge them. */
function addSender(
  batch: Batch,
  { site, visitor_id, user_id, sent_at }: v.InferOutput<typeof BareEnvelopeSchema>,
): void {
  if (site !== undefined) batch.site = site;
  if (visitor_id !== undefined) batch.visitor_id = visitor_id;
  if (user_id !== undefined) batch.user_id = user_id;
  if (sent_at !== undefined) batch.sent_at = toMilliseconds(sent_at);
}

/**
 * The name of a batch that brings none, which also names a missing session: where the events bring their ids, the
 * same request sent again gets the same names and is stored once.
 */
const defaultName = (events: Event[], { newId }: ParseOptions) => events[0]?.event_id ?? newId();

type EventList = { ok: true; events: unknown[] } | { ok: false; issue: Issue };

function eventList(events: unknown): EventList {
  const wanted = `a list of 1 to ${MAX_EVENTS_PER_BATCH} events`;
  const refused = (found: Issue): EventList => ({ ok: false, issue: found });
  if (events === undefined) {
    return refused(
      issue(
        'missing_field',
        'events',
        `must be given: ${wanted} (or send a single event with its event_type)`,
      ),
    );
  }
  if (!Array.isArray(events) || events.length === 0) {
    return refused(issue('invalid_value', 'events', `must be ${wanted}`));
  }
  if (events.length > MAX_EVENTS_PER_BATCH) {
    return refused(issue('too_many_events', 'events', `must be ${wanted}, got ${events.length}`));
  }
  return { ok: true, events };
}

const withoutPlace = ({ code, path, message }: RejectedEvent): Issue => ({ code, path, message });

function refuse(issues: Issue[]): ParsedBatch {
  const [first = issue('invalid_body', '', 'the body is not a batch'), ...rest] = issues.slice(0, MAX_ISSUES);
  return { ok: false, issues: [first, ...rest] };
}
