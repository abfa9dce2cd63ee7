/** Names of breakdowns, filters, sorts, comparisons and intervals of `GET /api/stats`, apart from the schemas of its answers. */

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
  /** Which kind of click id the first address had, as `gclid`. */
  'click_id',
  'country',
  'region',
  'city',
  'language',
  'device',
  'browser',
  'os',
  'screen',
  /** Version of the site or app, as its tracker says. */
  'release',
  /** `new` or `returning`: whether the session is the first of its visitor. */
  'visitor_type',
  /** Of bots: what it is called, whose it is, what it does, and what says that it is one. */
  'bot',
  'bot_operator',
  'bot_category',
  'bot_reason',
  'event_name',
  'click_target',
  'conversion_type',
  /** ISO weekday and hour, as `1-09`: Monday, 9 to 10 o'clock. */
  'hour_of_week',
] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** What it breaks down and filters by besides, read from events by column: rollups do not have it. */
export const COLUMN_BREAKDOWNS = [
  /** Host of the page, in lower case and without `www.`. */
  'hostname',
  /** Title of the page. */
  'title',
  /** The page, or the group that rules of the site put it in. */
  'page_group',
] as const;
export type ColumnBreakdown = (typeof COLUMN_BREAKDOWNS)[number];

/** All that filters can be about, besides properties of events. */
export const FILTER_FIELDS = [...BREAKDOWNS, ...COLUMN_BREAKDOWNS] as const;

/** What rows of a breakdown can be ordered by. */
export const ROW_METRICS = ['page_views', 'sessions', 'events', 'clicks', 'conversions', 'exits'] as const;
export type RowMetric = (typeof ROW_METRICS)[number];

/** What rows of a breakdown can be sorted by: what they count, the rest of what they say, or their value. */
export const ROW_SORTS = [
  ...ROW_METRICS,
  'visitors',
  'revenue',
  'value',
  'conversion_rate',
  'bounce_rate',
  'exit_rate',
  'average_engaged_ms',
  'average_session_duration_ms',
] as const;
export type RowSort = (typeof ROW_SORTS)[number];

/** What rows of a breakdown can have besides, where requested: it is read from events by column. */
export const ROW_COLUMNS = ['visitors', 'revenue', 'bounce_rate'] as const;
export type RowColumn = (typeof ROW_COLUMNS)[number];

/** Which period a range can be compared with. */
export const COMPARISONS = ['previous', 'year', 'custom'] as const;

/** Widths that a series of `GET /api/stats` can have. */
export const INTERVALS = ['5m', 'hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];
