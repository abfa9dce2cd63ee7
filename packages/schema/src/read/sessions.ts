/** What the read API says of sessions and of single events. */
import * as v from 'valibot';
import { ActiveSessionSchema, StreamEventSchema } from './realtime.js';
import { count, cursor, durationMs, InstantSchema, notes, said, searchedTo } from './words.js';

export const SessionSummarySchema = v.pipe(
  v.object({
    ...ActiveSessionSchema.entries,
    conversions: count,
    bot: v.exactOptional(
      said(v.literal(true), 'Present where a bot sent it: not in the numbers, unless the site counts bots.'),
    ),
  }),
  v.description('A session as far as it is kept: all of it, not only what falls into a range.'),
);
/** A session as far as it is kept: all of it, not only what falls into a range. */
export type SessionSummary = v.InferOutput<typeof SessionSummarySchema>;

export const SessionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    sessions: said(v.array(SessionSummarySchema), 'Newest first, by their last arrival within the range.'),
    searched_to: searchedTo,
    cursor: v.exactOptional(cursor),
    notes: v.exactOptional(notes),
  }),
  v.description('A page of the sessions of a range.'),
);
/** `GET /api/sessions`: a page of the sessions of a range. */
export type SessionsData = v.InferOutput<typeof SessionsDataSchema>;

export const UserSessionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    user_id: v.string(),
    sessions: said(v.array(SessionSummarySchema), 'Newest first.'),
    cursor: v.exactOptional(cursor),
  }),
  v.description('A page of the sessions in which a user was identified.'),
);
/** `GET /api/users/{user_id}/sessions`: a page of the sessions in which a user was identified. */
export type UserSessionsData = v.InferOutput<typeof UserSessionsDataSchema>;

export const TimelineEventSchema = v.pipe(
  v.intersect([
    StreamEventSchema,
    v.object({ since_previous_ms: said(durationMs, 'Since the event before it; 0 for the first.') }),
  ]),
  v.description('One event of a session’s timeline.'),
);
/** One event of a session's timeline. */
export type TimelineEvent = v.InferOutput<typeof TimelineEventSchema>;

export const SessionTimelineSchema = v.pipe(
  v.object({
    site: v.string(),
    session: SessionSummarySchema,
    events: said(v.array(TimelineEventSchema), 'Each event once, by `timestamp`.'),
    cursor: v.exactOptional(cursor),
    notes: v.exactOptional(notes),
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
    events: said(v.array(StreamEventSchema), 'Newest first, by arrival.'),
    searched_to: searchedTo,
    cursor: v.exactOptional(cursor),
    notes: v.exactOptional(notes),
  }),
  v.description('A page of the events of a range.'),
);
/** `GET /api/recent-events`: a page of the events of a range. */
export type RecentEventsData = v.InferOutput<typeof RecentEventsDataSchema>;
