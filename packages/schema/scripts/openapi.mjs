/** The HTTP API as an OpenAPI 3.1 document. */
import { MAX_BODY_BYTES, MAX_DECODED_BODY_BYTES, MAX_EVENTS_PER_BATCH } from '@liveinsight/schema';
import { dataPaths } from './openapi-data.mjs';
import { eventsPath } from './openapi-events.mjs';
import { filterParameters } from './openapi-filters.mjs';
import { readPaths } from './openapi-reads.mjs';
import { statusPaths } from './openapi-status.mjs';
import { alertWebhook } from './openapi-webhook.mjs';
import { definitions, REPLIES, SETTINGS, WIRE } from './to-json-schema.mjs';

export function openApi() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'LiveInsight',
      version: '1',
      summary: 'Web analytics on DynamoDB: events in, numbers out',
      description: [
        'Every reply is `{"status":"success","data":…}` or `{"status":"error","message":…,"data":…}`.',
        'Every path under `/api` also answers without `/api`, and all may stand under a base path of the host’s choosing.',
        `A batch has at most ${MAX_EVENTS_PER_BATCH} events; a body at most ${MAX_BODY_BYTES} bytes, and ${MAX_DECODED_BODY_BYTES} once decompressed.`,
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where the collector is mounted' }],
    paths: {
      ...eventsPath,
      ...readPaths,
      ...dataPaths,
      ...statusPaths,
    },
    webhooks: { alert: alertWebhook },
    components: {
      parameters: filterParameters,
      schemas: definitions({ ...WIRE, ...REPLIES, ...SETTINGS }, '#/components/schemas/'),
      securitySchemes: {
        Bearer: { type: 'http', scheme: 'bearer', description: 'A read key.' },
        'X-API-Key': { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A read key.' },
      },
    },
  };
}
