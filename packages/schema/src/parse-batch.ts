import * as v from 'valibot';
import { BareEnvelopeSchema, type Batch, EnvelopeSchema } from './batch.js';
import { EVENT_SCHEMAS, EVENT_TYPES, type Event, type EventType } from './event.js';
import { id as idSchema } from './fields.js';
import type { Issue, RejectedEvent } from './issue.js';
import { FIRST_MILLISECOND_TIMESTAMP, MAX_EVENTS_PER_BATCH } from './limits.js';
import { toWellFormed } from './well-formed.js';

export interface ParseOptions {
  /** Milliseconds since 1970: the time of an event that brings none. */
  now: number;
  /** Makes the id of an event, or a session, that brings none. */
  newId: () => string;
}

export type ParsedBatch =
  | {
      ok: true;
      /** The valid events, each once; may be empty when all were refused. */
      batch: Batch;
      /** Valid events in the request, repeated ones included. */
      accepted: number;
      rejected: RejectedEvent[];
      /** Events that repeat the id of an earlier one of the request: they share its fate. */
      repeated: RepeatedEvent[];
      /** Whether it came as a single event without an envelope. */
      bare: boolean;
    }
  | { ok: false; issues: [Issue, ...Issue[]] };

/** A second appearance of an event within one request. */
export interface RepeatedEvent {
  /** Position in the request's `events`. */
  index: number;
  event_id: string;
}

type Fields = Record<string, unknown>;

/** Reads a request's text as one batch, or as one bare event. Never throws. */
export function parseBatchText(text: string, options: ParseOptions): ParsedBatch {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ code: 'invalid_json', path: '', message: 'the body is not JSON' });
  }
  return parseBatch(toWellFormed(text, value), options);
}

/** Reads a decoded JSON value as one batch, or as one bare event. Each event is judged alone. */
export function parseBatch(value: unknown, options: ParseOptions): ParsedBatch {
  if (!isFields(value)) {
    return fail({ code: 'invalid_body', path: '', message: 'must be an object: a batch or a single event' });
  }
  if (value.events === undefined && value.event_type !== undefined) return parseBareEvent(value, options);
  const envelope = v.safeParse(EnvelopeSchema, value);
  const problems = [...(envelope.issues ?? []).map(describe), ...eventsProblems(value.events)];
  const [first, ...rest] = problems;
  if (!envelope.success || !Array.isArray(value.events) || first) {
    return first ? { ok: false, issues: [first, ...rest] } : fail(EVENTS_MISSING);
  }
  const { events, ...judged } = parseEvents(value.events, options);
  const { v: _version, session = {}, context = {}, batch, sent_at, ...said } = envelope.output;
  return {
    ok: true,
    bare: false,
    ...judged,
    batch: {
      ...said,
      ...(sent_at === undefined ? {} : { sent_at: toMilliseconds(sent_at) }),
      batch: batch ?? events[0]?.event_id ?? options.newId(),
      session: { ...session, session_id: session.session_id ?? options.newId() },
      context,
      events,
    },
  };
}

function parseBareEvent(value: Fields, options: ParseOptions): ParsedBatch {
  const envelope = v.safeParse(BareEnvelopeSchema, value);
  const { events, ...judged } = parseEvents([value], options);
  const [first, ...rest] = [...(envelope.issues ?? []).map(describe), ...judged.rejected.map(asIssue)];
  if (!envelope.success || first) return { ok: false, issues: [first ?? EVENTS_MISSING, ...rest] };
  const { session_id = options.newId(), referrer, sent_at, ...said } = envelope.output;
  return {
    ok: true,
    bare: true,
    ...judged,
    batch: {
      ...said,
      ...(sent_at === undefined ? {} : { sent_at: toMilliseconds(sent_at) }),
      batch: events[0]?.event_id ?? options.newId(),
      session: { session_id, ...(referrer === undefined ? {} : { referrer }) },
      context: {},
      events,
    },
  };
}

function parseEvents(values: unknown[], options: ParseOptions) {
  const events = new Map<string, Event>();
  const rejected: RejectedEvent[] = [];
  const repeated: RepeatedEvent[] = [];
  values.forEach((value, index) => {
    const event = parseEvent(value, options);
    if ('code' in event) rejected.push({ index, ...ownId(value), ...event });
    else if (events.has(event.event_id)) repeated.push({ index, event_id: event.event_id });
    else events.set(event.event_id, event);
  });
  return { events: [...events.values()], accepted: values.length - rejected.length, rejected, repeated };
}

function parseEvent(value: unknown, { now, newId }: ParseOptions): Event | Issue {
  if (!isFields(value)) return { code: 'invalid_value', path: '', message: 'must be an object' };
  const type = value.event_type;
  if (type === undefined) return { code: 'missing_field', path: 'event_type', message: 'must be given' };
  if (!isEventType(type)) {
    return {
      code: 'unknown_event_type',
      path: 'event_type',
      message: `must be one of ${EVENT_TYPES.join(', ')}`,
    };
  }
  const parsed = v.safeParse(EVENT_SCHEMAS[type], value, { abortEarly: true });
  if (!parsed.success) return describe(parsed.issues[0]);
  const { event_id = newId(), timestamp, ...said } = parsed.output;
  return { ...said, event_id, timestamp: timestamp === undefined ? now : toMilliseconds(timestamp) };
}

/** Seconds are told from milliseconds by size. */
function toMilliseconds(time: number): number {
  return Math.round(Math.abs(time) < FIRST_MILLISECOND_TIMESTAMP ? time * 1000 : time);
}

const EVENTS_MISSING: Issue = {
  code: 'missing_field',
  path: 'events',
  message: `must be given: a list of 1 to ${MAX_EVENTS_PER_BATCH} events`,
};

function eventsProblems(events: unknown): Issue[] {
  if (events === undefined) return [EVENTS_MISSING];
  if (!Array.isArray(events) || events.length === 0) {
    return [
      {
        ...EVENTS_MISSING,
        code: 'invalid_value',
        message: `must be a list of 1 to ${MAX_EVENTS_PER_BATCH} events`,
      },
    ];
  }
  if (events.length > MAX_EVENTS_PER_BATCH) {
    const message = `must have at most ${MAX_EVENTS_PER_BATCH} events, got ${events.length}`;
    return [{ code: 'too_many_events', path: 'events', message }];
  }
  return [];
}

function describe(issue: v.BaseIssue<unknown>): Issue {
  const path = v.getDotPath(issue) ?? '';
  if (issue.kind === 'schema' && issue.received === 'undefined') {
    return { code: 'missing_field', path, message: 'must be given' };
  }
  return { code: 'invalid_value', path, message: issue.message };
}

const asIssue = ({ code, path, message }: RejectedEvent): Issue => ({ code, path, message });

const ownId = (value: unknown) =>
  isFields(value) && v.is(idSchema, value.event_id) ? { event_id: value.event_id } : {};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEventType = (type: unknown): type is EventType => EVENT_TYPES.includes(type as EventType);

const fail = (issue: Issue): ParsedBatch => ({ ok: false, issues: [issue] });
