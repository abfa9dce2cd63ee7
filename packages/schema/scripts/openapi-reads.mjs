import { BREAKDOWNS, INTERVALS } from '@liveinsight/schema';
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

const site = query('site', 'Id of the site. Default: the collector’s default site.');

const refusals = {
  400: error('A parameter is wrong: the issue’s `path` names it.'),
  401: error('No key, or a wrong one.'),
  403: error('The key does not open this site.'),
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
      ...refusals,
    },
  },
});

const from = query(
  'from',
  'Start: ISO 8601, seconds or milliseconds since 1970, or a range up to now as `30m`, `24h`, `7d`, `30d`, `12mo`. Default `24h`.',
);
const to = query('to', 'End, exclusive: ISO 8601, seconds or milliseconds since 1970. Default: now.');
const timezone = query('timezone', 'IANA name of the zone of hours and days. Default: the site’s.');

/** @param {number} most @param {number} usual */
const limit = (most, usual) =>
  query('limit', 'Rows at the most.', { type: 'integer', minimum: 1, maximum: most, default: usual });

const cursor = query('cursor', '`cursor` of the last answer: the page behind it.');

/** @param {string} name */
const inPath = (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** By name in `components`: whatever else is asked, these sessions alone. */
export const filterParameters = Object.fromEntries(
  BREAKDOWNS.map((breakdown) => [
    breakdown,
    query(
      breakdown,
      `Only sessions that have one of these values of \`${breakdown}\`; \`!value\`: that do not have it.`,
      { type: 'array', items: { type: 'string' } },
    ),
  ]),
);

const filters = BREAKDOWNS.map((breakdown) => ({ $ref: `#/components/parameters/${breakdown}` }));

function sessionPath() {
  const path = read('getSession', 'One session’s events in order', 'SessionTimeline', [
    inPath('session_id'),
    site,
  ]);
  Object.assign(path.get.responses, { 404: error('The site has no such session, or no longer.') });
  return path;
}

export const readPaths = {
  '/api/realtime': read('getRealtime', 'Who is on the site now', 'RealtimeData', [
    site,
    query('cursor', '`cursor` of the last answer: only the events since are wanted.'),
  ]),
  '/api/stats': read('getStats', 'What happened over a range', 'StatsData', [
    site,
    from,
    to,
    query('interval', 'Step of the series. Default: by the length of the range.', {
      enum: INTERVALS,
    }),
    timezone,
    query('compare', 'Adds the period of the same length just before.', { enum: ['previous'] }),
    query('breakdown', `Dimensions to break down by, comma-separated: ${BREAKDOWNS.join(', ')}.`),
    query('limit', 'Rows of each breakdown.', { type: 'integer', minimum: 1 }),
    ...filters,
  ]),
  '/api/sessions': read('listSessions', 'The sessions of a range, newest first', 'SessionsData', [
    site,
    from,
    to,
    timezone,
    limit(200, 50),
    cursor,
    ...filters,
  ]),
  '/api/sessions/{session_id}': sessionPath(),
  '/api/users/{user_id}/sessions': read(
    'listUserSessions',
    'The sessions in which a user was identified, newest first',
    'UserSessionsData',
    [inPath('user_id'), site, limit(200, 50), cursor],
  ),
  '/api/sites': read('getSites', 'Sites that the key may read', 'SitesData', []),
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
        ...refusals,
        501: error('The platform can’t hold a reply open: poll `/api/realtime` instead.'),
      },
    },
  },
};
