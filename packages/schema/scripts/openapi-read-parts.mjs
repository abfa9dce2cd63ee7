/** What the paths that read statistics have in common: parameters, errors, and their form. */
import { INTERVALS } from '@liveinsight/schema';
import { filtersBut } from './openapi-filters.mjs';
import { error, errorWithRetryAfter, preflight, READ_KEY, ref, success } from './openapi-parts.mjs';

/**
 * @param {string} name
 * @param {string} description
 * @param {object} [schema]
 */
export const query = (name, description, schema = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
});

export const site = query('site', 'Id of the site. Default: the collector’s default site, or its only one.');

export const errors = {
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
export const read = (operationId, summary, data, parameters) => ({
  options: preflight(`preflight${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}`),
  get: {
    operationId,
    summary,
    security: READ_KEY,
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

export const from = query(
  'from',
  'Start: an instant (ISO 8601 with its zone, seconds or milliseconds since 1970); a date as `2026-01-31`, with which that day begins; or a time ago as `30m`, `24h`, `7d`, `12mo`, from the beginning of those five minutes, of that hour, day or month. Default `24h`.',
);
export const to = query(
  'to',
  'End: an instant (ISO 8601 with its zone, seconds or milliseconds since 1970) or a time ago as of `from`, exclusive; or a date as `2026-01-31`, inclusive: the whole of that day. Default: now.',
);
export const interval = query('interval', 'Step of the series. Default: by the length of the range.', {
  enum: INTERVALS,
});
/** @param {string} name @param {string} description @param {object} [schema] */
export const required = (name, description, schema) => ({
  ...query(name, description, schema),
  required: true,
});

export const page = required('page', 'The page: a path as `/cart`.');
export const timezone = query('timezone', 'IANA name of the zone of hours and days. Default: the site’s.');

/** @param {number} most @param {number} usual @param {string} [description] */
export const limit = (most, usual, description = 'Maximum number of rows.') =>
  query('limit', description, { type: 'integer', minimum: 1, maximum: most, default: usual });

export const cursor = query('cursor', '`cursor` of the previous response: returns the next page.');

/** @param {string} name */
export const inPath = (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

export const filters = filtersBut();
export const filtersBesidesPage = filtersBut('page');
