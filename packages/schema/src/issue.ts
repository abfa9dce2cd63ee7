import * as v from 'valibot';

/** Why a batch or an event was rejected. A closed set: clients may branch on it. */
export const ISSUE_CODES = [
  /** The body, or a line of an import, is not JSON. */
  'invalid_json',
  /** The body is not an object, ended too early, or is not gzip as its `content-encoding` says. */
  'invalid_body',
  /** The body has more than `MAX_BODY_BYTES`, or once decompressed more than `MAX_DECODED_BODY_BYTES`; of an import, a line is longer than the message says. */
  'body_too_large',
  /** `content-encoding` is something else than `gzip`. */
  'invalid_encoding',
  /** The batch has more events than `MAX_EVENTS_PER_BATCH`. */
  'too_many_events',
  /** A field that must be given is not: `event_type`, `events`, one that the type requires, or `site` where the collector has no default one. */
  'missing_field',
  /** A field has a wrong type, form or length: the message says what would be right. */
  'invalid_value',
  /** `event_type` is none of the known ones. */
  'unknown_event_type',
  /** The collector has no such site. */
  'unknown_site',
  /** The page's origin is not among the site's `origins`. */
  'origin_not_allowed',
  /** The event happened more than `MAX_EVENT_AGE_MS` before it was sent, or than the site's retention less a day, where that is shorter. */
  'event_too_old',
  /** Too many different batches came under one name, or another event is stored under this `event_id`: name a batch by its first `event_id`, and give each event an id that cannot be guessed. */
  'batch_name_reused',
  /** Of an import: the site has counted that day, and its raw data are gone. */
  'day_expired',
  /** Of a read: a parameter is wrong, or is none of this path. */
  'invalid_parameter',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];

export const IssueSchema = v.pipe(
  v.object({
    code: v.pipe(v.picklist(ISSUE_CODES), v.description('What is wrong, for programs.')),
    path: v.pipe(
      v.string(),
      v.description('Where it is wrong, as `session.utm.source`; empty for the whole.'),
    ),
    message: v.pipe(
      v.string(),
      v.description('What is wrong and what would be right, for people. Names the field and the limit.'),
    ),
  }),
  v.description('One thing wrong with a request.'),
);
/** One thing wrong with a request. */
export type Issue = v.InferOutput<typeof IssueSchema>;

export const RejectedEventSchema = v.pipe(
  v.object({
    index: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0),
      v.description('Position of the event in the request’s `events`.'),
    ),
    event_id: v.exactOptional(
      v.pipe(v.string(), v.description('The event’s own id, where it had a usable one.')),
    ),
    ...IssueSchema.entries,
  }),
  v.description('An event that will never be stored, and why. Sending it again gives the same answer.'),
);
/** An event that will never be stored, and why. Sending it again gives the same answer. */
export type RejectedEvent = v.InferOutput<typeof RejectedEventSchema>;
