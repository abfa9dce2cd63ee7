import * as v from 'valibot';
import { type Issue, IssueSchema, RejectedEventSchema } from './issue.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const IngestDataSchema = v.pipe(
  v.object({
    accepted: v.pipe(
      count,
      v.description(
        'Events of the request that are stored now, whether by this request or an earlier one, repeated ones included.',
      ),
    ),
    rejected: v.pipe(v.array(RejectedEventSchema), v.description('Events that will never be stored.')),
    excluded: v.exactOptional(
      v.pipe(
        count,
        v.description(
          'Present where rules of the site leave events out: how many. They are not stored, and sending them again changes nothing.',
        ),
      ),
    ),
    retry: v.exactOptional(
      v.pipe(
        v.literal(true),
        v.description(
          'Present where some events could not be stored now: send the same batch again after `Retry-After`.',
        ),
      ),
    ),
    retry_events: v.exactOptional(
      v.pipe(v.array(v.string()), v.description('Ids of the events that could not be stored now.')),
    ),
    event_id: v.exactOptional(v.pipe(v.string(), v.description('Of a bare event: its id, given or made.'))),
    session_id: v.exactOptional(
      v.pipe(v.string(), v.description('Of a bare event: its session’s id, given or made.')),
    ),
  }),
  v.description('What became of a batch, event by event.'),
);
/** What became of a batch, event by event. */
export type IngestData = v.InferOutput<typeof IngestDataSchema>;

export const ErrorReplySchema = v.pipe(
  v.object({
    status: v.literal('error'),
    code: v.pipe(
      v.string(),
      v.description('What went wrong, for programs: as `not_found`, or the code of the first issue.'),
    ),
    message: v.string(),
    data: v.exactOptional(
      v.object({
        issues: v.exactOptional(v.array(IssueSchema)),
        ...IngestDataSchema.entries,
        accepted: v.exactOptional(IngestDataSchema.entries.accepted),
        rejected: v.exactOptional(IngestDataSchema.entries.rejected),
      }),
    ),
  }),
  v.description('What went wrong, and what became of the events of a batch.'),
);

/** Every reply's body has one of these two shapes. */
export type Reply<Data> =
  | { status: 'success'; data: Data }
  | { status: 'error'; code: string; message: string; data?: Data | { issues: Issue[] } };
