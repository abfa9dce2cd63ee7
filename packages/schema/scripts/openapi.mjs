/** The HTTP API as an OpenAPI 3.1 document. */
import { MAX_BODY_BYTES, MAX_DECODED_BODY_BYTES, MAX_EVENTS_PER_BATCH } from '@liveinsight/schema';
import { dataPaths, settingsPaths } from './openapi-data.mjs';
import { eventsPath } from './openapi-events.mjs';
import { filterParameters } from './openapi-filters.mjs';
import { securitySchemes } from './openapi-parts.mjs';
import { readPaths } from './openapi-reads.mjs';
import { statusPaths } from './openapi-status.mjs';
import { alertWebhook } from './openapi-webhook.mjs';
import { definitions, REPLIES, SETTINGS, WIRE } from './to-json-schema.mjs';

/** @type {Record<string, { description: string, paths: Record<string, Record<string, object>> }>} */
const GROUPS = {
  Events: { description: 'What trackers and servers send.', paths: eventsPath },
  Statistics: { description: 'What happened, in numbers, sessions and reports.', paths: readPaths },
  'Raw data': { description: 'Export, import and erasure.', paths: dataPaths },
  Settings: { description: 'What is stored for all who use a site.', paths: settingsPaths },
  Status: { description: 'Whether the collector works.', paths: statusPaths },
};

/**
 * Each operation with its group; preflights with the parameters in their path.
 * @param {string} tag
 * @param {Record<string, Record<string, object>>} paths
 */
const pathsOf = (tag, paths) =>
  Object.entries(paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, { ...operation }]) => [
        method,
        { tags: [tag], ...(method === 'options' && inPath(path)), ...operation },
      ]),
    ),
  ]);

/** @param {string} path */
function inPath(path) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return names.length === 0 ? {} : { parameters };
}

export function openApi() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'LiveInsight',
      version: '1',
      summary: 'Self-hosted web analytics: events in, numbers out',
      description: [
        'Every reply is `{"status":"success","data":…}` or `{"status":"error","message":…,"data":…}`.',
        'Every path under `/api` also answers without `/api`, and all may stand under a base path of the host’s choosing.',
        `A batch has at most ${MAX_EVENTS_PER_BATCH} events; a body at most ${MAX_BODY_BYTES} bytes, and ${MAX_DECODED_BODY_BYTES} once decompressed.`,
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where the collector is mounted' }],
    tags: Object.entries(GROUPS).map(([name, { description }]) => ({ name, description })),
    paths: Object.fromEntries(Object.entries(GROUPS).flatMap(([tag, { paths }]) => pathsOf(tag, paths))),
    webhooks: { alert: alertWebhook },
    components: {
      parameters: filterParameters,
      schemas: definitions({ ...WIRE, ...REPLIES, ...SETTINGS }, '#/components/schemas/'),
      securitySchemes,
    },
  };
}
