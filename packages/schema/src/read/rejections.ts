/** What the read API says of events that were not taken. */
import * as v from 'valibot';
import { ISSUE_CODES } from '../issue.js';
import { count, described, InstantSchema } from './words.js';

/** Why something of a request was not taken: an issue's code, or one of these. */
export const REJECTION_CODES = [
  ...ISSUE_CODES,
  /** A session sent more events than it may: it is to send them again later. */
  'rate_limited',
  /** A client gave events up itself, or fields of stored events were left out or cut (`field`): `path` is the reason. */
  'dropped',
  /** A rule of the site leaves them out: `path` is what the rule goes by and its value, as `path /admin/*`. */
  'excluded',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

export const RejectionSchema = v.pipe(
  v.object({
    code: v.picklist(REJECTION_CODES),
    path: described(
      v.string(),
      'The field; of what a client gave up, why; `(other)` where there were too many.',
    ),
    message: described(v.string(), 'What was wrong, as in the newest response to a sender.'),
    count: described(count, 'Events, or fields; of requests that were rejected whole, requests.'),
  }),
  v.description('What was not taken for one reason.'),
);
/** What was not taken for one reason. */
export type Rejection = v.InferOutput<typeof RejectionSchema>;

export const RejectionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    known_from: described(
      InstantSchema,
      'Since when this process has counted: it keeps the counts in memory. What was before, or what other processes rejected, it does not know.',
    ),
    count: described(count, 'Of all reasons.'),
    rejections: described(
      v.array(RejectionSchema),
      'Most first, 100 at most. Those of requests that name no site of this collector are among them for every site.',
    ),
  }),
  v.description('What of the events of a range was not taken, and why.'),
);
/** `GET /api/rejections`: what of the events of a range was not taken, and why. */
export type RejectionsData = v.InferOutput<typeof RejectionsDataSchema>;
