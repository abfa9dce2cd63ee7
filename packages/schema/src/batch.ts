import * as v from 'valibot';
import { type Event, EventSchema } from './event.js';
import { clientTime, flag, id, integerWithin, siteId, text } from './fields.js';
import {
  MAX_CONTEXT_CHARS,
  MAX_DROP_REASONS,
  MAX_EVENTS_PER_BATCH,
  MAX_NAME_CHARS,
  MAX_URL_CHARS,
  MAX_USER_ID_CHARS,
} from './limits.js';

/** Campaign parameters of the session's first page. */
export const UtmSchema = v.object({
  source: v.exactOptional(text(MAX_NAME_CHARS)),
  medium: v.exactOptional(text(MAX_NAME_CHARS)),
  campaign: v.exactOptional(text(MAX_NAME_CHARS)),
  term: v.exactOptional(text(MAX_NAME_CHARS)),
  content: v.exactOptional(text(MAX_NAME_CHARS)),
});
export type Utm = v.InferOutput<typeof UtmSchema>;

/** A session and where it came from, frozen at its start. */
export const SessionSchema = v.object({
  session_id: v.exactOptional(id),
  entry_page: v.exactOptional(text(MAX_URL_CHARS)),
  referrer: v.exactOptional(text(MAX_URL_CHARS)),
  utm: v.exactOptional(UtmSchema),
});

/** What the device says of itself. */
export const ContextSchema = v.object({
  language: v.exactOptional(text(MAX_CONTEXT_CHARS)),
  screen: v.exactOptional(text(MAX_CONTEXT_CHARS)),
  viewport: v.exactOptional(text(MAX_CONTEXT_CHARS)),
  timezone: v.exactOptional(text(MAX_CONTEXT_CHARS)),
  webdriver: v.exactOptional(flag),
});
export type Context = v.InferOutput<typeof ContextSchema>;

/** Events the tracker had to give up, by reason. */
export const DroppedSchema = v.pipe(
  v.record(text(MAX_NAME_CHARS), integerWithin(0, 1_000_000_000)),
  v.check(
    (dropped) => Object.keys(dropped).length <= MAX_DROP_REASONS,
    `must have at most ${MAX_DROP_REASONS} reasons`,
  ),
);

const userId = v.pipe(text(MAX_USER_ID_CHARS), v.nonEmpty('must not be empty'));

/** All of a batch but its events, each of which is judged alone. */
export const EnvelopeSchema = v.object({
  v: v.exactOptional(v.literal(1, 'must be 1')),
  site: v.exactOptional(siteId),
  /** The batch's name for ever: `event_id` of the first event of the batch it was first packed into. */
  batch: v.exactOptional(id),
  session: v.exactOptional(SessionSchema),
  visitor_id: v.exactOptional(id),
  user_id: v.exactOptional(userId),
  context: v.exactOptional(ContextSchema),
  /** The client's clock at this attempt. */
  sent_at: v.exactOptional(clientTime),
  dropped: v.exactOptional(DroppedSchema),
});

export const BatchSchema = v.object({
  ...EnvelopeSchema.entries,
  events: v.pipe(
    v.array(EventSchema),
    v.minLength(1, 'must have at least 1 event'),
    v.maxLength(MAX_EVENTS_PER_BATCH, `must have at most ${MAX_EVENTS_PER_BATCH} events`),
  ),
});
/** A batch as it travels. */
export type WireBatch = v.InferOutput<typeof BatchSchema>;

/** What a bare event carries beside the event's own fields: the envelope on the same level. */
export const BareEnvelopeSchema = v.object({
  site: v.exactOptional(siteId),
  session_id: v.exactOptional(id),
  visitor_id: v.exactOptional(id),
  user_id: v.exactOptional(userId),
  referrer: v.exactOptional(text(MAX_URL_CHARS)),
  sent_at: v.exactOptional(clientTime),
});

/** A single event sent without an envelope. */
export const BareEventSchema = v.intersect([EventSchema, BareEnvelopeSchema]);

/** A batch that has passed the edge: named, of one session, every event with its id and time. */
export interface Batch {
  /** Absent where the client did not say. */
  site?: string;
  batch: string;
  session: { session_id: string; entry_page?: string; referrer?: string; utm?: Utm };
  visitor_id?: string;
  user_id?: string;
  context: Context;
  /** The client's clock at this attempt, in ms; absent where the client did not say. */
  sent_at?: number;
  dropped?: Record<string, number>;
  events: Event[];
}
