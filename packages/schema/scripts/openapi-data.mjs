import {
  ADMIN_KEY,
  error,
  errorWithRetryAfter,
  preflight,
  READ_KEY,
  ref,
  success,
} from './openapi-parts.mjs';

const text = { type: 'string' };
const query = (
  /** @type {string} */ name,
  /** @type {string} */ description,
  /** @type {object} */ schema = text,
) => ({
  name,
  in: 'query',
  description,
  schema,
});
const inPath = (/** @type {string} */ name) => ({ name, in: 'path', required: true, schema: text });
const site = query('site', 'Id of the site. Default: the collector’s default site.');
const file = (/** @type {string} */ description, /** @type {string[]} */ types) => ({
  description,
  headers: {
    'X-Next-Cursor': {
      description:
        'Where the platform can’t stream: present while there is more, to be asked for with `?after=` of it.',
      schema: text,
    },
  },
  content: Object.fromEntries(types.map((type) => [type, { schema: {} }])),
});

const errors = {
  400: error('A parameter or field is wrong: the issue’s `path` names it.'),
  401: error('No key, or one that does not allow this.'),
  403: error('There is no such site for this key.'),
  429: errorWithRetryAfter('This address has given too many wrong keys: wait, or give a right one.'),
  500: error('A fault of the collector.'),
  503: errorWithRetryAfter('The store can’t be used now.'),
};

/**
 * @param {string} operationId
 * @param {string} summary
 * @param {object[]} parameters
 * @param {object} answers by status
 * @param {object} [requestBody]
 */
const operation = (operationId, summary, parameters, answers, requestBody) => ({
  operationId,
  summary,
  security: READ_KEY,
  parameters: [site, ...parameters],
  ...(requestBody && { requestBody }),
  responses: { ...answers, ...errors },
});

/**
 * @param {string} operationId
 * @param {string} summary
 * @param {[parameters: object[], answers: object, requestBody?: object]} more
 */
const adminOperation = (operationId, summary, ...more) => ({
  ...operation(operationId, `${summary}; needs an admin key`, ...more),
  security: ADMIN_KEY,
});

/**
 * @param {string} name of the kind, as `Alert`
 * @param {string} path
 * @param {string} [kind] in words
 */
const settings = (name, path, kind = name.toLowerCase()) => {
  const article = /^[aeiou]/.test(kind) ? 'an' : 'a';
  const requestBody = { required: true, content: { 'application/json': { schema: ref(`${name}Input`) } } };
  const id = inPath('id');
  const one = success('As it is stored now.', ref(name));
  const none = error(`The site has no ${kind} of that id.`);
  return {
    [`/api/${path}`]: {
      options: preflight(`preflight${name}s`),
      get: operation(`list${name}s`, `All ${kind}s of a site`, [], {
        200: success('In order of id.', ref(`${name}sData`)),
      }),
      post: adminOperation(`create${name}`, `Create ${article} ${kind}`, [], { 200: one }, requestBody),
    },
    [`/api/${path}/{id}`]: {
      options: preflight(`preflight${name}`),
      get: operation(`read${name}`, `One ${kind}`, [id], { 200: one, 404: none }),
      put: adminOperation(
        `replace${name}`,
        `Change ${article} ${kind}`,
        [id],
        {
          200: one,
          404: none,
          409: error('It was changed since it was read: `version` is not the current one.'),
        },
        requestBody,
      ),
      delete: adminOperation(`delete${name}`, `Delete ${article} ${kind}`, [id], {
        200: success('It is gone.', { type: 'object' }),
        404: none,
      }),
    },
  };
};

const NDJSON = 'application/x-ndjson';

export const dataPaths = {
  '/api/export': {
    options: preflight('preflightExport'),
    get: adminOperation(
      'exportEvents',
      'Raw events of a site over a range, by arrival',
      [
        query('from', 'Start, as of `/api/stats`. Default `24h`.'),
        query('to', 'End, as of `/api/stats`. Default: now.'),
        query(
          'format',
          'NDJSON: one wire batch a line, with `received_at` in ms, as `/api/import` takes it. CSV and Parquet: one row per event.',
          { enum: ['ndjson', 'csv', 'parquet'] },
        ),
        query(
          'after',
          'Of NDJSON and CSV: `X-Next-Cursor` of the last answer, or `cursor` of the last row that has one. The export goes on behind that row, over its own range.',
        ),
      ],
      {
        200: file(
          'Where the platform can’t stream, a part, which may have no rows: ask on while there is `X-Next-Cursor`.',
          [NDJSON, 'text/csv', 'application/vnd.apache.parquet'],
        ),
        501: error('Parquet can’t be had here.'),
      },
    ),
  },
  '/api/import': {
    options: preflight('preflightImport'),
    post: adminOperation(
      'importEvents',
      'Store batches of another time',
      [],
      {
        200: success('Every accepted event is stored.', ref('ImportData')),
        415: error('An encoding other than gzip.'),
      },
      {
        required: true,
        description:
          'One batch a line, with the additional fields of `ImportFields`; of any length where the platform streams, gzip accepted. With `?site=`, all lines are imported into that site, and the `site` of each line is ignored. Sending lines again stores nothing twice.',
        content: { [NDJSON]: { schema: {} } },
      },
    ),
  },
  '/api/users/{user_id}': {
    options: preflight('preflightUser'),
    delete: adminOperation(
      'eraseUser',
      'Delete all of a user for good',
      [inPath('user_id'), query('after', '`cursor` of the last answer.')],
      {
        200: success(
          'What was found is deleted; with a `cursor` there is more to delete.',
          ref('ErasureData'),
        ),
      },
    ),
  },
  '/api/users/{user_id}/export': {
    options: preflight('preflightUserExport'),
    get: adminOperation(
      'exportUser',
      'All of a user',
      [
        inPath('user_id'),
        query('after', '`X-Next-Cursor` of the last answer, or `cursor` of the last line that has one.'),
      ],
      {
        200: file(
          'One batch a line. Where the platform can’t stream, a part: ask on while there is `X-Next-Cursor`.',
          [NDJSON],
        ),
      },
    ),
  },
  '/api/visitors/{visitor_id}': {
    options: preflight('preflightVisitor'),
    delete: adminOperation(
      'eraseVisitor',
      'Delete all that a device sent, by looking at everything of the site',
      [inPath('visitor_id'), query('after', '`cursor` of the last answer.')],
      {
        200: success(
          'What was found is deleted; with a `cursor` there is more to look at.',
          ref('ErasureData'),
        ),
      },
    ),
  },
  '/api/values': {
    options: preflight('preflightValues'),
    delete: adminOperation(
      'removeValues',
      'Remove values from the numbers, which then count as `(other)`',
      [
        query('value', 'A whole value, as a breakdown shows it. Either this or `containing`.'),
        query(
          'containing',
          'A text within values, as a name or an e-mail address: in upper or lower case, percent-encoded or not.',
          { type: 'string', minLength: 3 },
        ),
        query('breakdown', 'The breakdown whose values are meant. Default: all.'),
        query('after', '`cursor` of the last answer.'),
      ],
      {
        200: success(
          'What was found is removed; with a `cursor` there is more to look at.',
          ref('RemovedValuesData'),
        ),
      },
    ),
  },
};

export const settingsPaths = {
  ...settings('Annotation', 'annotations'),
  ...settings('Alert', 'alerts'),
  ...settings('Funnel', 'funnels'),
  ...settings('Exclusion', 'exclusions'),
  ...settings('PageGroup', 'page-groups', 'page group'),
  '/api/exclusions/link': {
    options: preflight('preflightExclusionLink'),
    post: adminOperation(
      'createExclusionLink',
      'A link that leaves out the browser that opens it, for an hour',
      [],
      {
        200: success(
          'Open any page of the site with these parameters: that browser gets a rule of its own.',
          ref('ExclusionLink'),
        ),
      },
    ),
  },
  ...settings('Goal', 'goals'),
  ...settings('SavedSegment', 'segments', 'saved segment'),
};
