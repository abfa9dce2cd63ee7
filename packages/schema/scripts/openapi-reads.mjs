import {
  ACTION_KINDS,
  BREAKDOWNS,
  COMPARISONS,
  INTERVALS,
  RETENTION_PERIODS,
  ROW_COLUMNS,
  ROW_SORTS,
  SESSION_SORTS,
} from '@liveinsight/schema';
import { filtersBut } from './openapi-filters.mjs';
import { error, errorWithRetryAfter, preflight, ref, success } from './openapi-parts.mjs';

const security = [{ Bearer: [] }, { 'X-API-Key': [] }];

/**
 * @param {string} name
 * @param {string} description
 * @param {object} [schema]
 */
const query = (name, description, schema = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
});

const site = query('site', 'Id of the site. Default: the collector’s default site, or its only one.');

const errors = {
  400: error('A parameter is wrong: the issue’s `path` names it.'),
  401: error('No key, or a wrong one.'),
  403: error('The key does not open this site.'),
  429: errorWithRetryAfter('This address has given too many wrong keys: wait, or give a right one.'),
  500: error('A fault of the collector.'),
  503: errorWithRetryAfter('The store can’t be read now.'),
};

/**
 * @param {string} operationId
 * @param {string} summary
 * @param {string} data name of the schema of `data`
 * @param {object[]} parameters
 */
const read = (operationId, summary, data, parameters) => ({
  options: preflight(`preflight${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}`),
  get: {
    operationId,
    summary,
    security,
    parameters,
    responses: {
      200: {
        ...success(summary, ref(data)),
        headers: { ETag: { description: 'For `If-None-Match`.', schema: { type: 'string' } } },
      },
      304: { description: 'Unchanged since the `ETag` given.' },
      ...errors,
    },
  },
});

const from = query(
  'from',
  'Start: an instant (ISO 8601 with its zone, seconds or milliseconds since 1970); a date as `2026-01-31`, with which that day begins; or a time ago as `30m`, `24h`, `7d`, `12mo`, from the beginning of those five minutes, of that hour, day or month. Default `24h`.',
);
const to = query(
  'to',
  'End: an instant (ISO 8601 with its zone, seconds or milliseconds since 1970) or a time ago as of `from`, exclusive; or a date as `2026-01-31`, inclusive: the whole of that day. Default: now.',
);
const interval = query('interval', 'Step of the series. Default: by the length of the range.', {
  enum: INTERVALS,
});
/** @param {string} name @param {string} description @param {object} [schema] */
const required = (name, description, schema) => ({ ...query(name, description, schema), required: true });

const page = required('page', 'The page: a path as `/cart`.');
const timezone = query('timezone', 'IANA name of the zone of hours and days. Default: the site’s.');

/** @param {number} most @param {number} usual @param {string} [description] */
const limit = (most, usual, description = 'Maximum number of rows.') =>
  query('limit', description, { type: 'integer', minimum: 1, maximum: most, default: usual });

/** Breakdowns that are no dimension of the session. @type {string[]} */
const NOT_OF_SESSION = ['page', 'exit_page', 'event_name', 'click_target', 'conversion_type', 'hour_of_week'];

const cursor = query('cursor', '`cursor` of the previous response: returns the next page.');

/** @param {string} name */
const inPath = (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const filters = filtersBut();
const filtersBesidesPage = filtersBut('page');

function sessionPath() {
  const path = read('getSession', 'One session’s events in order', 'SessionTimeline', [
    inPath('session_id'),
    site,
    query('cursor', '`cursor` of the last answer: a session of more than 2 MB of events comes in parts.'),
  ]);
  Object.assign(path.get.responses, { 404: error('The site has no such session, or no longer.') });
  return path;
}

const statsParameters = [
  site,
  from,
  to,
  interval,
  timezone,
  query(
    'compare',
    'Adds the numbers of another period to totals, series and rows: the one before, the same dates of the year before, or one from `compare_from` on. As far as the range has come.',
    { enum: COMPARISONS },
  ),
  query('compare_from', 'With `compare=custom`: its beginning, in the forms of `from`.'),
  query(
    'compare_to',
    'With `compare=custom`: its end, in the forms of `to`. Default: as long as the range, as far as that has come.',
  ),
  query(
    'align',
    'With `compare`: moves the compared period to the same weekdays. `previous` is moved to full weeks before, `year` is 52 weeks before, and a custom period is moved by up to three days.',
    { enum: ['weekday'] },
  ),
  query(
    'breakdown',
    `Dimensions to break down by, comma-separated or one \`breakdown\` each: ${BREAKDOWNS.join(', ')}; \`hostname\`, \`title\`, \`prop:plan\` for a property of events, or two of all crossed, as \`source*device\`; empty for none. Default: page, source, channel, country, device, browser, os.`,
  ),
  query(
    'goal',
    'Id or name of a goal: `conversions`, `conversion_rate` and `goal_value` of totals, series and rows are of its events. To keep only sessions that reached a goal, use `reached`.',
  ),
  query('event', 'With breakdowns by a property, `hostname`, `title` or two: only of events of this name.'),
  query(
    'sort',
    'What rows are sorted by. Default: what the breakdown is about, as `page_views` of pages, `clicks` of click targets, else `sessions`. With `compare`, `change` sorts by the difference from the compared period, and lists the values that only that has; `change:visitors` by that of another column. Rows of which it is not known come last. `revenue` is in the currency of the site at its rates, without one in the one that is paid in most often.',
    {
      enum: [...ROW_SORTS, 'change', ...ROW_SORTS.flatMap((one) => (one === 'value' ? [] : `change:${one}`))],
    },
  ),
  {
    ...query('metric', 'The same as `sort`, as it was called before.', { enum: ROW_SORTS }),
    deprecated: true,
  },
  query('order', 'Which rows come first. Default: `desc`, the largest.', { enum: ['asc', 'desc'] }),
  query(
    'search',
    'Only rows whose value has this text in it, in either case; a path may be written decoded.',
  ),
  limit(
    10_000,
    100,
    'Rows of each breakdown at most; over 1,000 of one breakdown only. With `format=csv` all, unless it is given.',
  ),
  query('offset', 'Rows of each breakdown before the first that is wanted.', {
    type: 'integer',
    minimum: 0,
    maximum: 9_999_999,
    default: 0,
  }),
  query(
    'columns',
    `Numbers that rows are to have without filters too, comma-separated: ${ROW_COLUMNS.join(', ')}. They are read from events by column, which costs more; \`null\` where these do not hold all of the range.`,
  ),
  query('format', '`csv`: all rows of one breakdown as a file.', { enum: ['json', 'csv'], default: 'json' }),
  ...filters,
];

/** @param {string} description @param {object} schema */
const header = (description, schema = { type: 'string' }) => ({ description, schema });

function statsPath() {
  const path = read('getStats', 'What happened over a range', 'StatsData', statsParameters);
  const ok = path.get.responses[200];
  Object.assign(ok.content, { 'text/csv': { schema: { type: 'string' } } });
  Object.assign(ok.headers, {
    'X-Row-Count': header('With `format=csv`: how many rows were found.', { type: 'integer', minimum: 0 }),
    'X-Next-Offset': header('With `format=csv`, where rows are left: the `offset` to go on with.', {
      type: 'integer',
      minimum: 1,
    }),
    'X-As-Of': header('With `format=csv`: the arrival up to which everything is counted.'),
    'X-Note-Codes': header('With `format=csv`: codes of what was cut or is approximate, comma-separated.'),
  });
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
      'What sessions are sorted by. Default: by their last arrival within the range. `sorted_over` in the answer says which sessions the order is over: all of the range, or the newest where there are more than one answer reads.',
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
  '/api/properties': read('getProperties', 'Which properties events have', 'PropertiesData', [
    site,
    from,
    to,
    timezone,
    query('event', 'Only of events of this name: a type, or the name of a custom event.'),
    query('key', 'Only this property, as `value` or `cart.total`.'),
    query(
      'breakdown',
      'With `key`: its numbers by the values of one breakdown, as `page`, `device` or `prop:metric`; `hostname` and `title` too.',
    ),
    limit(1_000, 100, 'Properties, and rows, at most.'),
    ...filters,
  ]),
  '/api/attribution': read(
    'getAttribution',
    'What conversions are owed to, by first and last touch',
    'AttributionData',
    [
      site,
      from,
      to,
      timezone,
      query('breakdown', 'What gets the credit, of a session. Default: `source`.', {
        enum: BREAKDOWNS.filter((breakdown) => !NOT_OF_SESSION.includes(breakdown)),
      }),
      query(
        'goal',
        'What counts as a conversion: id or name of a goal, which then says what it is worth; the name of an event or a type of conversion, as `purchase`; or `page:/thanks`, `event:signup`, `conversion:purchase`. Default: all conversions.',
      ),
      query(
        'lookback',
        'How long before a conversion sessions are looked for: `1d` to `90d`. Default: `30d`.',
      ),
      query('search', 'Only rows whose value has this text, in either case.'),
      limit(1_000, 100),
      ...filters,
    ],
  ),
  '/api/revenue': read('getRevenue', 'Orders and revenue by source, campaign or product', 'RevenueData', [
    site,
    from,
    to,
    timezone,
    query(
      'breakdown',
      'By the values of one breakdown, as `source`, `utm_campaign` or `prop:product`; `hostname` and `title` too. Default: `source`.',
    ),
    query('type', 'Only conversions of this type, as `purchase`. Default: all that have an amount.'),
    query('currency', 'Rows with the most revenue in it come first. Default: the one with the most orders.'),
    query('search', 'Only rows whose value has this text, in either case.'),
    limit(1_000, 100),
    ...filters,
  ]),
  '/api/errors': read('getErrors', 'Errors by message and place', 'ErrorsData', [
    site,
    from,
    to,
    timezone,
    query('search', 'Only errors with this text, in either case, in message or place.'),
    limit(500, 50),
    ...filters,
  ]),
  '/api/actions': read(
    'getActions',
    'Outbound links, downloads, forms, searches or missing pages',
    'ActionsData',
    [
      required(
        'kind',
        '`links` that lead out, `downloads`, `forms` that were sent, `searches` (events `search` with the property `query`), or pages that were `not_found` (events `not_found`).',
        { enum: ACTION_KINDS },
      ),
      site,
      from,
      to,
      timezone,
      query('search', 'Only values with this text, in either case.'),
      limit(1_000, 100),
      ...filters,
    ],
  ),
  '/api/web-vitals': read('getWebVitals', 'How long pages take to load and to respond', 'WebVitalsData', [
    site,
    from,
    to,
    timezone,
    query(
      'breakdown',
      'By the values of one breakdown, as `page`, `device` or `prop:release`; `hostname` and `title` too.',
    ),
    limit(1_000, 100),
    ...filters,
  ]),
  '/api/experiment': read(
    'getExperiment',
    'Whether one variant converts better than another',
    'ExperimentData',
    [
      required('prop', 'The property of events that has the variant, as `variant`.'),
      required(
        'goal',
        'What counts as a conversion: the name of an event or a type of conversion, as `purchase`; or `page:/thanks`, `event:signup`, `conversion:purchase`.',
      ),
      query(
        'event',
        'Only events of this name say which variant was seen. Default: any that has the property.',
      ),
      query(
        'control',
        'The variant to compare with. Default: the first of `split`, else `control`, else the most seen.',
      ),
      query(
        'split',
        'The variants and their intended parts, as `control:90,blue:10`. Default: all variants that were seen, at most 20, in equal parts.',
      ),
      query('confidence', 'Of all intervals together, 0.8 to 0.999.', { type: 'number', default: 0.95 }),
      site,
      from,
      to,
      timezone,
      ...filters,
    ],
  ),
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
      security,
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
