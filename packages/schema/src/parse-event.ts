import * as v from 'valibot';
import { describe, issue } from './describe-issue.js';
import { EVENT_SCHEMAS, EVENT_TYPES, type Event, type EventType } from './event.js';
import { id as idSchema, isJsonObject, type JsonObject } from './fields.js';
import type { Issue, RejectedEvent } from './issue.js';
import { FIRST_MILLISECOND_TIMESTAMP, FIRST_SECOND_TIMESTAMP } from './limits.js';
import { repairEvent } from './repair-event.js';

export interface ParseOptions {
  /** Milliseconds since 1970: the time of an event that brings none. */
  now: number;
  /** Makes the id of an event that brings none, in the form of an id. */
  newId: () => string;
  /** Keep events that have bad fields, or share them, without those. Default: false, the event or the batch is rejected. */
  repair?: boolean;
}

export interface ParsedEvents {
  /** The valid events in order, each id once: the first of its name stands. */
  events: Event[];
  /** Valid events of the request, repeated ones included. */
  accepted: number;
  rejected: RejectedEvent[];
  /** Events that repeat the id of an earlier one of the request: they share its fate. */
  repeated: RepeatedEvent[];
  /** Fields that were left out of accepted events. */
  lostFields: number;
}

/** A second appearance of an event within one request. */
export interface RepeatedEvent {
  /** Position in the request's `events`. */
  index: number;
  event_id: string;
}

/** Validates each event separately: an invalid one does not affect valid ones. */
export function parseEvents(values: readonly unknown[], options: ParseOptions): ParsedEvents {
  const events = new Map<string, Event>();
  const rejected: RejectedEvent[] = [];
  const repeated: RepeatedEvent[] = [];
  let lostFields = 0;
  values.forEach((value, index) => {
    const event = parseEvent(value, options, (lost) => {
      lostFields += lost;
    });
    if ('code' in event) rejected.push({ index, ...ownId(value), ...event });
    else if (events.has(event.event_id)) repeated.push({ index, event_id: event.event_id });
    else events.set(event.event_id, event);
  });
  return {
    events: [...events.values()],
    accepted: values.length - rejected.length,
    rejected,
    repeated,
    lostFields,
  };
}

function parseEvent(value: unknown, options: ParseOptions, onLost: (fields: number) => void): Event | Issue {
  if (!isJsonObject(value)) return issue('invalid_value', '', 'an event must be an object');
  const type = value.event_type;
  if (type === undefined) return issue('missing_field', 'event_type', 'must be given');
  if (!isEventType(type)) {
    return issue('unknown_event_type', 'event_type', `must be one of ${EVENT_TYPES.join(', ')}`);
  }
  const result = validate(type, value, options);
  if ('code' in result) return result;
  // The validator's own copy: filled in as it is, since copying it once more costs as much as a field's validation.
  const { event } = result;
  event.event_id ??= options.newId();
  event.timestamp = event.timestamp === undefined ? options.now : toMilliseconds(event.timestamp);
  onLost(result.lost);
  return event as Event;
}

function validate(type: EventType, value: JsonObject, options: ParseOptions) {
  const tried = new Set<string>();
  let [event, lost] = [value, 0];
  for (;;) {
    const parsed = v.safeParse(EVENT_SCHEMAS[type], event, { abortEarly: true });
    if (parsed.success) return { event: parsed.output, lost };
    const [found] = parsed.issues;
    const repaired = options.repair ? repairEvent(event, found, tried) : undefined;
    if (!repaired) return describe(found);
    event = repaired.event;
    lost += repaired.lost;
  }
}

/** Seconds and milliseconds are distinguished by size. */
export function toMilliseconds(time: number): number {
  const isSeconds = time >= FIRST_SECOND_TIMESTAMP && time < FIRST_MILLISECOND_TIMESTAMP;
  return Math.round(isSeconds ? time * 1000 : time);
}

const ownId = (value: unknown) =>
  isJsonObject(value) && v.is(idSchema, value.event_id) ? { event_id: value.event_id } : {};

const isEventType = (type: unknown): type is EventType => EVENT_TYPES.includes(type as EventType);
