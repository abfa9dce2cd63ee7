import { errorWithRetryAfter, success } from './openapi-parts.mjs';

const data = { type: 'object' };

export const statusPaths = {
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether the process is alive',
      security: [],
      responses: { 200: success('It is.', data) },
    },
  },
  '/ready': {
    get: {
      operationId: 'getReady',
      summary: 'Whether events can be stored now',
      security: [],
      responses: {
        200: success('The store answers and its tables are there.', data),
        503: errorWithRetryAfter('They are not: the collector’s log says why.'),
      },
    },
  },
};
