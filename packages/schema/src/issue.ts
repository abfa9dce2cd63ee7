import * as v from 'valibot';

/** Why a batch or an event was refused. A closed set: clients may branch on it. */
export const ISSUE_CODES = [
  'invalid_json',
  'invalid_body',
  'body_too_large',
  'invalid_encoding',
  'too_many_events',
  'missing_field',
  'invalid_value',
  'unknown_event_type',
  'unknown_site',
  'origin_not_allowed',
  'event_too_old',
  'batch_name_reused',
  'day_expired',
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
