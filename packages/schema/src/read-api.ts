/** What the read API answers. Types, JSON Schema and OpenAPI come from these schemas alone. */
import * as v from 'valibot';
import { EventSchema } from './event.js';
import { clientTime, id } from './fields.js';

const said = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.description(description));

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const durationMs = v.pipe(v.number(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const InstantSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.description('An ISO 8601 instant in UTC, as `2026-01-31T09:00:00.000Z`.'),
);
/** An ISO 8601 instant in UTC, as `2026-01-31T09:00:00.000Z`. */
export type Instant = v.InferOutput<typeof InstantSchema>;

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
    started_at: said(InstantSchema, 'When its first event within the window arrived.'),
    last_seen_at: InstantSchema,
    current_page: said(v.string(), 'Page of its newest page view.'),
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
      timestamp: said(clientTime, 'When it happened, in milliseconds since 1970.'),
      session_id: v.string(),
      page: said(v.string(), 'Path of `page_url`.'),
      received_at: InstantSchema,
      bot: v.exactOptional(
        said(v.boolean(), 'Whether it was sent by a bot: shown, but kept out of the numbers.'),
      ),
      clock: v.exactOptional(
        said(
          v.picklist(['corrected', 'replaced']),
          'Present where the client’s clock was off: `timestamp` is `claimed_timestamp` by our clock, or the arrival.',
        ),
      ),
      claimed_timestamp: v.exactOptional(said(v.number(), 'What a clock that was off said, in ms.')),
      delayed: v.exactOptional(
        said(v.literal(true), 'Present where it arrived long after it happened: it counts when it arrived.'),
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
    cursor: said(v.string(), 'Ask with `?cursor=` of the last answer for the events since.'),
    active_sessions: v.object({ last_5_minutes: count, last_30_minutes: count }),
    sessions: v.array(ActiveSessionSchema),
    pages: v.array(ValueCountSchema),
    sources: v.array(ValueCountSchema),
    countries: v.array(ValueCountSchema),
    devices: v.array(ValueCountSchema),
    events_per_5_minutes: said(
      v.array(EventBucketSchema),
      'Twenty buckets of 5 minutes: the last 100 minutes.',
    ),
    events_per_second: said(v.array(EventBucketSchema), 'Sixty buckets of one second: the last minute.'),
    events: said(v.array(StreamEventSchema), 'The newest events, newest first.'),
    estimated: v.exactOptional(
      said(v.literal(true), 'Present where there was too much to look at every session.'),
    ),
  }),
  v.description('Who is on the site now.'),
);
/** `GET /api/realtime`: who is on the site now. */
export type RealtimeData = v.InferOutput<typeof RealtimeDataSchema>;

export const SessionSummarySchema = v.pipe(
  v.object({
    ...ActiveSessionSchema.entries,
    conversions: count,
    bot: v.exactOptional(said(v.literal(true), 'Present where a bot sent it: kept out of the numbers.')),
  }),
  v.description('A session as far as it is kept: all of it, not only what falls into a range.'),
);
/** A session as far as it is kept: all of it, not only what falls into a range. */
export type SessionSummary = v.InferOutput<typeof SessionSummarySchema>;

const cursor = said(v.string(), 'Present where there is more: ask for it with `?cursor=`.');
const notes = said(v.array(v.string()), 'What was cut or is approximate, in words.');

export const SessionsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    sessions: said(v.array(SessionSummarySchema), 'Newest first, by their last arrival within the range.'),
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
    notes: v.exactOptional(notes),
  }),
  v.description('One session’s story: what happened, in the order it happened.'),
);
/** `GET /api/sessions/{session_id}`: what happened in a session, in the order it happened. */
export type SessionTimeline = v.InferOutput<typeof SessionTimelineSchema>;

export const TotalsSchema = v.pipe(
  v.object({
    visitors: v.nullable(count),
    sessions: count,
    page_views: count,
    views_per_session: v.pipe(v.number(), v.minValue(0)),
    events: count,
    clicks: count,
    conversions: count,
    conversion_rate: said(share, 'Converting sessions per session, 0 to 1.'),
    bounce_rate: said(share, 'Sessions of one page view per session, 0 to 1.'),
    average_session_duration_ms: durationMs,
    average_engaged_ms: said(durationMs, 'Visible and focused time per page view.'),
    revenue: said(v.record(v.string(), v.number()), 'Value of conversions by currency.'),
  }),
  v.description('The numbers of a period. Null: can’t be known for this period.'),
);
/** The numbers of a period. Null: can't be known for this period. */
export type Totals = v.InferOutput<typeof TotalsSchema>;

export const SeriesPointSchema = v.pipe(
  v.object({ start: InstantSchema, ...TotalsSchema.entries }),
  v.description('The numbers of one interval. `start` is its first instant.'),
);
/** The numbers of one interval. `start` is its first instant. */
export type SeriesPoint = v.InferOutput<typeof SeriesPointSchema>;

export const BreakdownRowSchema = v.pipe(
  v.object({
    value: v.string(),
    page_views: count,
    sessions: count,
    events: count,
    conversions: count,
    conversion_rate: said(share, 'Converting sessions per session, 0 to 1.'),
    average_engaged_ms: v.exactOptional(said(durationMs, 'Visible and focused time per page view.')),
    exit_rate: v.exactOptional(said(share, 'Of pages: views that ended the session per view, 0 to 1.')),
    exits: v.exactOptional(said(count, 'Of pages: views that ended the session.')),
    clicks: v.exactOptional(said(count, 'Of pages and click targets.')),
    bounce_rate: v.exactOptional(
      said(share, 'Of what a session has one of: sessions of one page view per session, 0 to 1.'),
    ),
    average_session_duration_ms: v.exactOptional(said(durationMs, 'Of what a session has one of.')),
  }),
  v.description('A row of a breakdown.'),
);
/** A row of a breakdown. */
export type BreakdownRow = v.InferOutput<typeof BreakdownRowSchema>;

/** By what `GET /api/stats` breaks numbers down, and what it filters by. */
export const BREAKDOWNS = [
  'page',
  'entry_page',
  'exit_page',
  'source',
  'referrer',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'country',
  'region',
  'language',
  'device',
  'browser',
  'os',
  'screen',
  'event_name',
  'click_target',
  'conversion_type',
  /** ISO weekday and hour, as `1-09`: Monday, 9 to 10 o'clock. */
  'hour_of_week',
] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** Widths that a series of `GET /api/stats` can have. */
export const INTERVALS = ['5m', 'hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

export const StatsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    interval: v.picklist(INTERVALS),
    timezone: v.string(),
    as_of: said(InstantSchema, 'The arrival up to which everything is counted.'),
    totals: TotalsSchema,
    series: v.array(SeriesPointSchema),
    breakdowns: said(v.record(v.string(), v.array(BreakdownRowSchema)), 'Rows by dimension, largest first.'),
    previous: v.exactOptional(
      said(
        v.object({
          from: InstantSchema,
          to: InstantSchema,
          totals: TotalsSchema,
          series: v.array(SeriesPointSchema),
        }),
        'With `compare=previous`: the same numbers for the period of the same length just before.',
      ),
    ),
    notes: v.exactOptional(said(v.array(v.string()), 'What was cut or is approximate, in words.')),
  }),
  v.description('What happened over a range.'),
);
/** `GET /api/stats`: what happened over a range. */
export type StatsData = v.InferOutput<typeof StatsDataSchema>;

const pageName = said(v.string(), 'A page: path, with the hash where that is a route.');
const range = {
  site: v.string(),
  from: InstantSchema,
  to: InstantSchema,
  timezone: v.string(),
  as_of: said(InstantSchema, 'The arrival up to which everything is counted.'),
};

export const PageFlowSchema = v.pipe(
  v.object({ from_page: pageName, to_page: pageName, page_views: count }),
  v.description('How often one page followed another within a session.'),
);
/** How often one page followed another within a session. */
export type PageFlow = v.InferOutput<typeof PageFlowSchema>;

export const JourneyPageSchema = v.pipe(
  v.object({
    page: pageName,
    page_views: count,
    entries: said(count, 'Sessions that began there.'),
    exits: said(count, 'Views that no other view followed.'),
  }),
  v.description('A page of the journeys.'),
);
/** A page of the journeys. */
export type JourneyPage = v.InferOutput<typeof JourneyPageSchema>;

export const JourneysDataSchema = v.pipe(
  v.object({
    ...range,
    flows: said(v.array(PageFlowSchema), 'Most views first.'),
    other_page_views: said(
      count,
      'Views that followed another but are in none of `flows`: beyond its limit, or on rare ways not told apart.',
    ),
    pages: said(v.array(JourneyPageSchema), 'The pages of `flows`, most views first.'),
    notes: v.exactOptional(notes),
  }),
  v.description('Which pages follow which.'),
);
/** `GET /api/journeys`: which pages follow which. */
export type JourneysData = v.InferOutput<typeof JourneysDataSchema>;

export const ClickCountSchema = v.pipe(
  v.object({
    target: said(v.string(), 'The element, by its id, text or class, as `button#buy`.'),
    clicks: count,
    share: said(share, 'Of the clicks on the page, 0 to 1.'),
  }),
  v.description('How often an element of a page was clicked.'),
);
/** How often an element of a page was clicked. */
export type ClickCount = v.InferOutput<typeof ClickCountSchema>;

export const ClickMapDataSchema = v.pipe(
  v.object({
    ...range,
    page: pageName,
    page_views: count,
    clicks: count,
    targets: said(v.array(ClickCountSchema), 'Most clicks first.'),
    other_clicks: said(
      count,
      'Clicks on elements that are not in `targets`: beyond its limit, or too rare to be told apart.',
    ),
    notes: v.exactOptional(notes),
  }),
  v.description('What is clicked on a page.'),
);
/** `GET /api/click-map`: what is clicked on a page. */
export type ClickMapData = v.InferOutput<typeof ClickMapDataSchema>;

export const PagePointSchema = v.pipe(
  v.object({ start: InstantSchema, page_views: count, sessions: count, clicks: count, conversions: count }),
  v.description('The numbers of a page in one interval. `start` is its first instant.'),
);
/** The numbers of a page in one interval. `start` is its first instant. */
export type PagePoint = v.InferOutput<typeof PagePointSchema>;

export const NeighbourSchema = v.pipe(
  v.object({ page: pageName, page_views: said(count, 'Views of the one that the other followed.') }),
  v.description('A page seen just before or after another.'),
);
/** A page seen just before or after another. */
export type Neighbour = v.InferOutput<typeof NeighbourSchema>;

export const PageDataSchema = v.pipe(
  v.object({
    ...range,
    page: pageName,
    interval: v.picklist(INTERVALS),
    totals: BreakdownRowSchema,
    entries: said(count, 'Sessions that began there.'),
    series: v.array(PagePointSchema),
    previous_pages: said(v.array(NeighbourSchema), 'Most views first.'),
    next_pages: said(v.array(NeighbourSchema), 'Most views first.'),
    targets: said(v.array(ClickCountSchema), 'What is clicked there, most clicks first.'),
    notes: v.exactOptional(notes),
  }),
  v.description('All about one page.'),
);
/** `GET /api/pages`: all about one page. */
export type PageData = v.InferOutput<typeof PageDataSchema>;

export const FunnelStepSchema = v.pipe(
  v.object({
    step: said(v.string(), 'As asked: `page:/cart`.'),
    sessions: said(count, 'Sessions that came this far.'),
    from_previous: said(share, 'Of those that came to the step before, 0 to 1.'),
    from_first: said(share, 'Of those that came to the first step, 0 to 1.'),
    dropped: said(count, 'Sessions that came to the step before and no further.'),
    median_ms: said(
      v.nullable(durationMs),
      'Median time since the step before; null for the first, or where no session came.',
    ),
  }),
  v.description('A step of a funnel.'),
);
/** A step of a funnel. */
export type FunnelStep = v.InferOutput<typeof FunnelStepSchema>;

export const FunnelDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: said(InstantSchema, 'Where the sessions looked at begin: later than asked where `notes` say so.'),
    to: InstantSchema,
    within_ms: said(
      v.nullable(durationMs),
      'From the first step to the last at the most; null: any time of a session.',
    ),
    sessions: said(count, 'Sessions looked at.'),
    steps: v.array(FunnelStepSchema),
    notes: v.exactOptional(notes),
  }),
  v.description('How far sessions come on a way of steps, in their order.'),
);
/** `GET /api/funnel`: how far sessions come on a way of steps, in their order. */
export type FunnelData = v.InferOutput<typeof FunnelDataSchema>;

export const CohortSchema = v.pipe(
  v.object({
    week: said(InstantSchema, 'First instant of the week in which they were first seen.'),
    visitors: count,
    returned: said(
      v.array(count),
      'Of these, how many were seen in that week, the next, and so on to the last of the range.',
    ),
  }),
  v.description('Visitors first seen in the same week.'),
);
/** Visitors first seen in the same week. */
export type Cohort = v.InferOutput<typeof CohortSchema>;

export const RetentionDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: said(InstantSchema, 'First instant of the first week.'),
    to: InstantSchema,
    timezone: v.string(),
    cohorts: said(v.array(CohortSchema), 'By week, oldest first. The last week may be under way.'),
    notes: v.exactOptional(notes),
  }),
  v.description('How many visitors come back in later weeks.'),
);
/** `GET /api/retention`: how many visitors come back in later weeks. */
export type RetentionData = v.InferOutput<typeof RetentionDataSchema>;

export const RecentEventsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    events: said(v.array(StreamEventSchema), 'Newest first, by arrival.'),
    cursor: v.exactOptional(cursor),
    notes: v.exactOptional(notes),
  }),
  v.description('A page of the events of a range.'),
);
/** `GET /api/recent-events`: a page of the events of a range. */
export type RecentEventsData = v.InferOutput<typeof RecentEventsDataSchema>;

export const SiteInfoSchema = v.pipe(
  v.object({
    id: v.string(),
    timezone: said(v.string(), 'IANA name of the reporting zone: hours and days of the numbers.'),
    retention_days: said(count, 'Days that raw events are kept.'),
    default: v.exactOptional(said(v.literal(true), 'Present on the site that is meant where none is named.')),
  }),
  v.description('A site that the key may read.'),
);
/** A site that the key may read. */
export type SiteInfo = v.InferOutput<typeof SiteInfoSchema>;

export const SitesDataSchema = v.object({ sites: v.array(SiteInfoSchema) });
/** `GET /api/sites`: the sites that the key may read. */
export type SitesData = v.InferOutput<typeof SitesDataSchema>;
