/** Paths that read statistics. */
import { RETENTION_PERIODS, SESSION_SORTS } from '@liveinsight/schema';
import { eventReportPaths } from './openapi-event-reports.mjs';
import { filtersBut } from './openapi-filters.mjs';
import { error, errorWithRetryAfter, preflight, READ_KEY } from './openapi-parts.mjs';
import {
  cursor,
  errors,
  filters,
  filtersBesidesPage,
  from,
  inPath,
  interval,
  limit,
  page,
  query,
  read,
  site,
  timezone,
  to,
} from './openapi-read-parts.mjs';
import { statsPath } from './openapi-stats.mjs';

function sessionPath() {
  const path = read('getSession', 'One session’s events in order', 'SessionTimeline', [
    inPath('session_id'),
    site,
    query('cursor', '`cursor` of the last answer: a session of more than 2 MB of events comes in parts.'),
  ]);
  Object.assign(path.get.responses, { 404: error('The site has no such session, or no longer.') });
  return path;
}

export const readPaths = {
  '/api/realtime': read('getRealtime', 'Who is on the site now', 'RealtimeData', [
    site,
    query('cursor', '`cursor` of the last answer: only the events since are wanted.'),
  ]),
  '/api/stats': statsPath(),
  '/api/sessions': read('listSessions', 'The sessions of a range, newest first', 'SessionsData', [
    site,
    from,
    to,
    timezone,
    query(
      'search',
      'Only sessions with this text, in either case, in what a list shows of them: entry and last page (a path may be written decoded), source, channel, country (its code, or its name in English or Korean), device, browser, system, user or session id.',
    ),
    query(
      'sort',
      'What sessions are sorted by. Default: by their last arrival within the range. `sorted_over` in the answer says which sessions the order is over: all of the range; with `search`, `user_id` or `current_page` the newest where there are more than one answer reads.',
      { enum: SESSION_SORTS },
    ),
    query('order', 'With `sort`: which come first. Default: `desc`, the largest.', { enum: ['asc', 'desc'] }),
    limit(200, 50),
    cursor,
    ...filtersBut('filter_by'),
  ]),
  '/api/sessions/{session_id}': sessionPath(),
  '/api/users/{user_id}/sessions': read(
    'listUserSessions',
    'The sessions in which a user was identified, newest first',
    'UserSessionsData',
    [inPath('user_id'), site, limit(200, 50), cursor],
  ),
  '/api/recent-events': read('listEvents', 'The events of a range, newest first', 'RecentEventsData', [
    site,
    from,
    to,
    timezone,
    limit(500, 100),
    cursor,
    ...filtersBut('exit_page', 'filter_by'),
  ]),
  '/api/journeys': read('getJourneys', 'Which pages follow which', 'JourneysData', [
    site,
    from,
    to,
    timezone,
    limit(1_000, 100),
    query('from_page', 'Only what leads from this page.'),
    query('to_page', 'Only what leads to this page.'),
    ...filters,
  ]),
  '/api/click-map': read('getClickMap', 'What is clicked on a page', 'ClickMapData', [
    page,
    site,
    from,
    to,
    timezone,
    limit(1_000, 100),
    ...filtersBesidesPage,
  ]),
  '/api/pages': read('getPage', 'All about one page', 'PageData', [
    page,
    site,
    from,
    to,
    interval,
    timezone,
    ...filtersBesidesPage,
  ]),
  '/api/funnel': read('getFunnel', 'How far sessions come on a way of steps', 'FunnelData', [
    {
      ...query(
        'steps',
        'Two to ten, in order: `page:/cart`, `page:/products/*`, `event:signup` (an event type, the name of a custom event, or a conversion type), `conversion:purchase` or `goal:<id>`. Comma-separated, or one `steps` each.',
      ),
      required: true,
    },
    query(
      'within',
      'Maximum time from the first step to the last: `90s`, `30m`, `2h`, `1d`. Default: any time of the session.',
    ),
    query(
      'step_within',
      'Maximum time since the previous step, by number of the step: `2:10m,3:90s`. Equals `within_s` of a saved funnel. Default: any time.',
    ),
    site,
    from,
    to,
    timezone,
    ...filters,
  ]),
  ...eventReportPaths,
  '/api/retention': read('getRetention', 'How many visitors come back in later periods', 'RetentionData', [
    site,
    query('from', `${from.description.split(' Default')[0]} Default: the retention of raw events.`),
    to,
    timezone,
    query('period', 'What visitors are followed by: at most 120 of these. Default: `week`.', {
      enum: RETENTION_PERIODS,
    }),
    query(
      'returning',
      'What they come back by: `page:/pricing`, `event:signup`, `conversion:purchase` or `goal:<id>`, as a step of a funnel. Default: anything.',
    ),
    ...filters,
  ]),
  '/api/plan': read('getPlan', 'The tracking plan, and events that differ from it', 'PlanData', [
    site,
    from,
    to,
    timezone,
  ]),
  '/api/rejections': read('getRejections', 'What was not taken, and why', 'RejectionsData', [
    site,
    from,
    to,
    timezone,
  ]),
  '/api/sites': read('getSites', 'Sites that the key may read', 'SitesData', []),
  '/api/status': read(
    'getStatus',
    'How fresh the statistics of the process that answers are, and what it holds for that',
    'StatusData',
    [],
  ),
  '/api/live': {
    options: preflight('preflightLive'),
    get: {
      operationId: 'watchLive',
      summary: 'Batches as they are stored, pushed as server-sent events',
      security: READ_KEY,
      parameters: [
        site,
        {
          name: 'Last-Event-ID',
          in: 'header',
          description: '`id` of the last message seen: the stream goes on behind it.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description:
            'Messages named `batch`, each with its `id`: the fields that a batch’s events share, and `events` as in the realtime answer.',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...errors,
        429: errorWithRetryAfter(
          'This key has as many live streams open as it may: poll `/api/realtime` instead.',
        ),
        501: error('The platform can’t hold a reply open: poll `/api/realtime` instead.'),
      },
    },
  },
};
