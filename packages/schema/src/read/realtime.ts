/** What the read API says of now. Types, JSON Schema and OpenAPI come from these schemas alone. */
import * as v from 'valibot';
import { EventSchema } from '../event.js';
import { clientTime, id } from '../fields.js';
import { count, described, durationMs, InstantSchema } from './words.js';

export const ValueCountSchema = v.pipe(
  v.object({ value: v.string(), sessions: count }),
  v.description('A value of a dimension, and in how many of the sessions looked at.'),
);
/** A value of a dimension, and in how many of the sessions looked at. */
export type ValueCount = v.InferOutput<typeof ValueCountSchema>;

export const ActiveSessionSchema = v.pipe(
  v.object({
    session_id: v.string(),
    visitor_id: v.string(),
    user_id: v.exactOptional(v.string()),
    started_at: described(InstantSchema, 'When its first event within the window arrived.'),
    last_seen_at: InstantSchema,
    current_page: described(
      v.string(),
      'Page of its newest page view, by when that happened; before the first, of its newest event that names a page.',
    ),
    entry_page: v.string(),
    source: v.string(),
    channel: v.string(),
    country: v.string(),
    device: v.string(),
    browser: v.string(),
    os: v.string(),
    duration_ms: durationMs,
    page_views: count,
    events: count,
  }),
  v.description('A session that sent something within the last 30 minutes.'),
);
/** A session that sent something within the last 30 minutes. */
export type ActiveSession = v.InferOutput<typeof ActiveSessionSchema>;

export const StreamEventSchema = v.pipe(
  v.intersect([
    EventSchema,
    v.object({
      event_id: id,
      timestamp: described(clientTime, 'When it happened, in milliseconds since 1970.'),
      session_id: v.string(),
      page: described(v.string(), 'Path of `page_url`.'),
      received_at: InstantSchema,
      bot: v.exactOptional(
        described(v.boolean(), 'Whether it was sent by a bot: shown, but kept out of the numbers.'),
      ),
      clock: v.exactOptional(
        described(
          v.picklist(['corrected', 'replaced']),
          'Present where the client’s clock was off: `timestamp` is `claimed_timestamp` by our clock, or the arrival.',
        ),
      ),
      claimed_timestamp: v.exactOptional(described(v.number(), 'What a clock that was off said, in ms.')),
      truncated: v.exactOptional(
        described(
          v.literal(true),
          'Present where the event is too large for the live view: `props` are left out and texts are cut. Its session has it in full.',
        ),
      ),
      delayed: v.exactOptional(
        described(
          v.literal(true),
          'Present where it arrived long after it happened: it counts when it arrived.',
        ),
      ),
    }),
  ]),
  v.description('One event of the stream: what arrived, of whom, and when.'),
);
/** One event of the stream: what arrived, of whom, and when. */
export type StreamEvent = v.InferOutput<typeof StreamEventSchema>;

export const EventBucketSchema = v.pipe(
  v.object({ start: InstantSchema, events: count, page_views: count }),
  v.description('A bucket of a series. `start` is its first instant.'),
);
/** A bucket of a series. `start` is its first instant. */
export type EventBucket = v.InferOutput<typeof EventBucketSchema>;

export const RealtimeDataSchema = v.pipe(
  v.object({
    site: v.string(),
    as_of: InstantSchema,
    cursor: described(v.string(), 'Ask with `?cursor=` of the last answer for the events since.'),
    active_sessions: described(
      v.object({ last_5_minutes: count, last_30_minutes: count }),
      'Sessions that sent something within so many minutes.',
    ),
    sessions: v.array(ActiveSessionSchema),
    pages: described(v.array(ValueCountSchema), 'By the current page of the active sessions.'),
    sources: v.array(ValueCountSchema),
    countries: v.array(ValueCountSchema),
    devices: v.array(ValueCountSchema),
    events_per_5_minutes: described(
      v.array(EventBucketSchema),
      'Twenty buckets of 5 minutes: the last 100 minutes.',
    ),
    events_per_second: described(v.array(EventBucketSchema), 'Sixty buckets of one second: the last minute.'),
    events: described(v.array(StreamEventSchema), 'The newest events, newest first.'),
    estimated: v.exactOptional(
      described(v.literal(true), 'Present where there was too much to look at every session.'),
    ),
  }),
  v.description('Who is on the site now.'),
);
/** `GET /api/realtime`: who is on the site now. */
export type RealtimeData = v.InferOutput<typeof RealtimeDataSchema>;
