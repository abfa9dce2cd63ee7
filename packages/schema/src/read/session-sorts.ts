/** What lists of sessions are sorted by, apart from the schemas of what they are. */

/** What `GET /api/sessions` can sort by. */
export const SESSION_SORTS = [
  'last_seen_at',
  'started_at',
  'entry_page',
  'current_page',
  'source',
  'channel',
  'country',
  'device',
  'browser',
  'os',
  'user_id',
  'page_views',
  'events',
  'conversions',
  'duration_ms',
] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];
