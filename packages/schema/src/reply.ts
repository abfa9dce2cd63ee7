import * as v from 'valibot';
import { IssueSchema, RejectedEventSchema } from './issue.js';

/** What became of a batch, event by event. */
export const IngestDataSchema = v.object({
  /** Events of the request that are stored now, whether by this request or an earlier one. */
  accepted: v.number(),
  /** Events that will never be stored. */
  rejected: v.array(RejectedEventSchema),
  /** Present and true where some events could not be stored now: send the same batch again. */
  retry: v.exactOptional(v.literal(true)),
  /** Ids of the events that could not be stored now. */
  retry_events: v.exactOptional(v.array(v.string())),
  /** Of a bare event: its id, given or made. */
  event_id: v.exactOptional(v.string()),
  /** Of a bare event: its session's id, given or made. */
  session_id: v.exactOptional(v.string()),
});
export type IngestData = v.InferOutput<typeof IngestDataSchema>;

export const ErrorReplySchema = v.object({
  status: v.literal('error'),
  message: v.string(),
  data: v.exactOptional(
    v.object({ issues: v.exactOptional(v.array(IssueSchema)), ...v.partial(IngestDataSchema).entries }),
  ),
});

/** Every reply's body has one of these two shapes. */
export type Reply<Data> =
  | { status: 'success'; data: Data }
  | { status: 'error'; message: string; data?: Data | { issues: v.InferOutput<typeof IssueSchema>[] } };
