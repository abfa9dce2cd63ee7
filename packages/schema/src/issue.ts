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
  'invalid_parameter',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];

export const IssueSchema = v.object({
  /** What is wrong, for programs. */
  code: v.picklist(ISSUE_CODES),
  /** Where it is wrong, as `session.utm.source`; empty for the whole. */
  path: v.string(),
  /** What is wrong and what would be right, for people. */
  message: v.string(),
});
/** One thing wrong with a request. */
export type Issue = v.InferOutput<typeof IssueSchema>;

export const RejectedEventSchema = v.object({
  /** Position of the event in the request's `events`. */
  index: v.number(),
  /** The event's own id, where it had a usable one. */
  event_id: v.exactOptional(v.string()),
  ...IssueSchema.entries,
});
/** An event that will never be stored, and why. Sending it again gives the same answer. */
export type RejectedEvent = v.InferOutput<typeof RejectedEventSchema>;
