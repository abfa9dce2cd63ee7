/** What the API's paths have in common. */

export const READ_KEY = [{ ReadKey: [] }, { ReadKeyHeader: [] }];
export const ADMIN_KEY = [{ AdminKey: [] }, { AdminKeyHeader: [] }];

const bearer = (/** @type {string} */ description) => ({ type: 'http', scheme: 'bearer', description });
const header = (/** @type {string} */ description) => ({
  type: 'apiKey',
  in: 'header',
  name: 'X-API-Key',
  description,
});
const READS = 'One of the collector’s `readKeys` or `adminKeys`.';
const CHANGES = 'One of the collector’s `adminKeys`.';

export const securitySchemes = {
  ReadKey: bearer(READS),
  ReadKeyHeader: header(READS),
  AdminKey: bearer(CHANGES),
  AdminKeyHeader: header(CHANGES),
};

/** @param {string} name of a schema */
export const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

/** @param {object} schema */
const json = (schema) => ({ 'application/json': { schema } });

/**
 * @param {string} description
 * @param {object} data schema of `data`
 */
export const success = (description, data) => ({
  description,
  content: json({
    type: 'object',
    properties: { status: { const: 'success' }, data },
    required: ['status', 'data'],
  }),
});

/** @param {string} description */
export const error = (description) => ({ description, content: json(ref('ErrorReply')) });

/** @param {string} description */
export const errorWithRetryAfter = (description) => ({
  ...error(description),
  headers: {
    'Retry-After': {
      required: true,
      description: 'Seconds to wait.',
      schema: { type: 'integer', minimum: 0 },
    },
  },
});

export const preflight = (/** @type {string} */ operationId) => ({
  operationId,
  summary: 'CORS preflight',
  security: [],
  responses: { 204: { description: 'What is allowed, in CORS headers. Answered before anything is read.' } },
});
