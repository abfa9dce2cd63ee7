/** What the read API says of sessions and of single events. */
import * as v from 'valibot';
import { botCategory, botReason } from '../bots.js';
import { locationSource } from '../location.js';
import { ActiveSessionSchema, StreamEventSchema } from './realtime.js';
import { count, cursor, described, durationMs, InstantSchema, noteFields, searchedTo } from './words.js';

export const SessionSummarySchema = v.pipe(
  v.object({
    ...ActiveSessionSchema.entries,
    conversions: count,
    region: described(v.string(), 'Within the country; empty where it is not known.'),
    city: described(v.string(), 'Its name; empty where it is not known.'),
    location_source: v.exactOptional(locationSource),
    bot: v.exactOptional(
      described(v.literal(true), 'Present where a bot sent it: counted apart, unless the site counts bots.'),
    ),
    bot_name: v.exactOptional(described(v.string(), 'What the bot is called, where that is known.')),
    bot_operator: v.exactOptional(described(v.string(), 'Whose the bot is, where that is known.')),
    bot_category: v.exactOptional(botCategory),
    bot_reason: v.exactOptional(botReason),
  }),
  v.description('All stored events of a session, also those outside the requested range.'),
);
/** All stored events of a session, also those outside the requested range. */
export type SessionSummary = v.InferOutput<typeof SessionSummarySchema>;

export const SortedOverSchema = v.pipe(
  v.object({
    from: described(InstantSchema, 'Sessions whose last arrival within the range is at or after it'),
    to: described(InstantSchema, '… and before it.'),
    sessions: described(count, 'How many of them pass filters and search: those that the order is over.'),
    complete: described(v.boolean(), 'Whether these are all sessions of the range.'),
  }),
  v.description(
    'What an order is over: all sessions of the range. By `user_id`, one answer reads a limited number of them: of a longer range, the newest are sorted first, and older ones follow behind the cursor in an order of their own.',
  ),
);
/** What an order is over. */
export type SortedOver = v.InferOutput<typeof SortedOverSchema>;

export const SessionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    sessions: described(
      v.array(SessionSummarySchema),
      'Newest first, by their last arrival within the range; with `sort` as that says.',
    ),
    sorted_over: v.exactOptional(described(SortedOverSchema, 'Present with `sort`.')),
    searched_to: searchedTo,
    cursor: v.exactOptional(cursor),
    ...noteFields,
  }),
  v.description('A page of the sessions of a range.'),
);
/** `GET /api/sessions`: a page of the sessions of a range. */
export type SessionsData = v.InferOutput<typeof SessionsDataSchema>;

export const UserSessionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    user_id: v.string(),
    sessions: described(v.array(SessionSummarySchema), 'Newest first.'),
    cursor: v.exactOptional(cursor),
  }),
  v.description('A page of the sessions in which a user was identified.'),
);
/** `GET /api/users/{user_id}/sessions`: a page of the sessions in which a user was identified. */
export type UserSessionsData = v.InferOutput<typeof UserSessionsDataSchema>;

export const TimelineEventSchema = v.pipe(
  v.intersect([
    StreamEventSchema,
    v.object({ since_previous_ms: described(durationMs, 'Since the event before it; 0 for the first.') }),
  ]),
  v.description('One event of a session’s timeline.'),
);
/** One event of a session's timeline. */
export type TimelineEvent = v.InferOutput<typeof TimelineEventSchema>;

export const SessionTimelineSchema = v.pipe(
  v.object({
    site: v.string(),
    session: SessionSummarySchema,
    events: described(v.array(TimelineEventSchema), 'Each event once, by `timestamp`.'),
    cursor: v.exactOptional(cursor),
    ...noteFields,
  }),
  v.description('One session’s story: what happened, in the order it happened.'),
);
/** `GET /api/sessions/{session_id}`: what happened in a session, in the order it happened. */
export type SessionTimeline = v.InferOutput<typeof SessionTimelineSchema>;

export const RecentEventsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    events: described(v.array(StreamEventSchema), 'Newest first, by arrival.'),
    searched_to: searchedTo,
    cursor: v.exactOptional(cursor),
    ...noteFields,
  }),
  v.description('A page of the events of a range.'),
);
/** `GET /api/recent-events`: a page of the events of a range. */
export type RecentEventsData = v.InferOutput<typeof RecentEventsDataSchema>;
