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
      /** Its events are the valid ones, each once; none if all were rejected. */
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
    return rejectRequest([issue('invalid_json', '', `the body is not JSON: ${cause}`)]);
  }
  return parseBatch(toWellFormed(text, value), options);
}

/** Reads a decoded JSON value as one batch, or as one bare event. Each event is validated separately. */
export function parseBatch(value: unknown, options: ParseOptions): ParsedBatch {
  if (!isJsonObject(value)) {
    return rejectRequest([
      issue('invalid_body', '', 'the body must be an object: a batch, or a single event'),
    ]);
  }
  return value.events === undefined && value.event_type !== undefined
    ? parseBareEvent(value, options)
    : parseEnvelope(value, options);
}

function parseEnvelope(value: JsonObject, options: ParseOptions): ParsedBatch {
  const { parsed: envelope, lost } = readEnvelope(EnvelopeSchema, value, options.repair);
  const list = eventList(value.events);
  if (!envelope.success || !list.ok) {
    return rejectRequest([...(envelope.issues ?? []).map(describe), ...(list.ok ? [] : [list.issue])]);
  }
  const fields = envelope.output;
  const { events, lostFields, ...result } = parseEvents(list.events, options);
  const name = fields.batch ?? defaultName(events, options);
  const batch: Batch = {
    batch: name,
    session: { ...fields.session, session_id: fields.session?.session_id ?? name },
    context: fields.context ?? {},
    events,
  };
  if (fields.dropped !== undefined) batch.dropped = fields.dropped;
  if (fields.release !== undefined) batch.release = fields.release;
  if (fields.hash_routes !== undefined) batch.hash_routes = fields.hash_routes;
  addLost(batch, lost + lostFields);
  addSender(batch, fields);
  return { ok: true, bare: false, ...result, batch };
}

function parseBareEvent(value: JsonObject, options: ParseOptions): ParsedBatch {
  const { parsed: envelope, lost } = readEnvelope(BareEnvelopeSchema, value, options.repair);
  const { events, lostFields, ...result } = parseEvents([value], options);
  if (!envelope.success || result.rejected.length > 0) {
    return rejectRequest([...(envelope.issues ?? []).map(describe), ...result.rejected.map(withoutPosition)]);
  }
  const fields = envelope.output;
  const name = defaultName(events, options);
  const batch: Batch = {
    batch: name,
    session: { session_id: fields.session_id ?? name },
    context: {},
    events,
  };
  addLost(batch, lost + lostFields);
  if (fields.referrer !== undefined) batch.session.referrer = fields.referrer;
  addSender(batch, fields);
  return { ok: true, bare: true, ...result, batch };
}

/** What was left out here is counted with what the client has left out. */
function addLost(batch: Batch, fields: number): void {
  if (fields > 0) batch.dropped = { ...batch.dropped, field: (batch.dropped?.field ?? 0) + fields };
}

/** Field by field: to spread all others than some costs more than to validate them. */
function addSender(
  batch: Batch,
  { site, visitor_id, user_id, server, sent_at }: v.InferOutput<typeof BareEnvelopeSchema>,
): void {
  if (site !== undefined) batch.site = site;
  if (visitor_id !== undefined) batch.visitor_id = visitor_id;
  if (user_id !== undefined) batch.user_id = user_id;
  if (server !== undefined) batch.server = server;
  if (sent_at !== undefined) batch.sent_at = toMilliseconds(sent_at);
}

/**
 * The name of a batch that brings none, which also names a missing session: where the events bring their ids, the
 * same request sent again gets the same names and is stored once.
 */
const defaultName = (events: Event[], { newId }: ParseOptions) => events[0]?.event_id ?? newId();

type EventList = { ok: true; events: unknown[] } | { ok: false; issue: Issue };

function eventList(events: unknown): EventList {
  const expected = `a list of 1 to ${MAX_EVENTS_PER_BATCH} events`;
  const reject = (found: Issue): EventList => ({ ok: false, issue: found });
  if (events === undefined) {
    return reject(
      issue(
        'missing_field',
        'events',
        `must be given: ${expected} (or send a single event with its event_type)`,
      ),
    );
  }
  if (!Array.isArray(events) || events.length === 0) {
    return reject(issue('invalid_value', 'events', `must be ${expected}`));
  }
  if (events.length > MAX_EVENTS_PER_BATCH) {
    return reject(issue('too_many_events', 'events', `must be ${expected}, got ${events.length}`));
  }
  return { ok: true, events };
}

const withoutPosition = ({ code, path, message }: RejectedEvent): Issue => ({ code, path, message });

function rejectRequest(issues: Issue[]): ParsedBatch {
  const [first = issue('invalid_body', '', 'the body is not a batch'), ...rest] = issues.slice(0, MAX_ISSUES);
  return { ok: false, issues: [first, ...rest] };
}
