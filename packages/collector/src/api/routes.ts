/** Every route, in one table. */

import { ApiError } from '../errors.js';
import { type Auth, getKey, type SiteScope } from '../http/auth.js';
import { sharedReads } from '../http/coalesce.js';
import { createLiveReaders } from '../http/live-readers.js';
import { eventStream, ingestResponse, success } from '../http/responses.js';
import type { Call, Handler, Route } from '../http/router.js';
import type { Ingest } from '../ingest/ingest.js';
import type { CollectorOptions } from '../options.js';
import { type RawDataParts, rawDataRoutes } from './raw-data-routes.js';
import type { Reader } from './reads.js';
import { peopleRoutes } from './report-routes.js';
import type { People } from './reports.js';
import { settingsRoutes } from './settings-routes.js';
import { dashboardRoutes, trackerRoutes } from './static-routes.js';

export interface RouteParts {
  options: CollectorOptions;
  auth: Auth;
  ingest: Ingest;
  reader: Reader;
  reports: People;
  rawData: RawDataParts;
  /** Resolves where the store can be used. */
  ready(): Promise<void>;
}

export const DEFAULT_TRACKER_PATH = '/liveinsight.js';

export function createRoutes({
  options,
  auth,
  ingest,
  reader,
  reports,
  rawData,
  ready,
}: RouteParts): Route[] {
  const shared = sharedReads();
  const liveReaders = createLiveReaders();
  const read = (respond: (call: Call, scope: SiteScope) => Promise<unknown>): Handler =>
    shared.read((call) => auth.requireRead(call), respond);

  const events = {
    POST: async ({ request, connection }: Call) => ingestResponse(await ingest(request, connection)),
  };
  const trackerPath = options.trackerPath ?? DEFAULT_TRACKER_PATH;
  const api: Route[] = [
    { path: '/events', ...events },
    { path: '/sites', GET: read(async ({ query }, scope) => reader.sites(query, scope)) },
    { path: '/realtime', GET: read(({ query }, scope) => reader.realtime(query, scope)) },
    { path: '/stats', GET: read(({ query }, scope) => reader.stats(query, scope)) },
    { path: '/rejections', GET: read(async ({ query }, scope) => reader.rejections(query, scope)) },
    ...peopleRoutes(reports, read),
    {
      path: '/live',
      GET: (call) => {
        const { request, connection, query } = call;
        const scope = auth.requireRead(call);
        if (!connection.streams) throw CANNOT_STREAM();
        const open = () => reader.live(request, query, scope);
        return eventStream(liveReaders.connect(getKey(request) ?? '', request.signal, open));
      },
    },
    ...rawDataRoutes(rawData),
    ...settingsRoutes(rawData),
  ];

  return [
    // Senders know `/events` wherever it stands; the others give way to an application's own.
    ...api.map((route) => ({ ...route, isUnprefixed: route.path !== '/events' })),
    ...api.map((route) => ({ ...route, path: `/api${route.path}` })),
    // The tracker sends to `api/events` beside itself.
    { path: `${trackerPath.slice(0, trackerPath.lastIndexOf('/'))}/api/events`, ...events },
    { path: '/health', GET: () => success({ health: 'alive', ...environment(options) }) },
    { path: '/ready', GET: async () => success(await readiness(ready)) },
    ...(options.assets?.tracker ? trackerRoutes(options.assets.tracker, trackerPath) : []),
    ...(options.assets?.dashboard ? dashboardRoutes(options.assets.dashboard) : []),
  ];
}

const environment = ({ environment }: CollectorOptions) => (environment ? { environment } : {});

async function readiness(ready: RouteParts['ready']) {
  await ready();
  return { ready: true };
}

const CANNOT_STREAM = () =>
  new ApiError('not_supported', 'streaming is not supported on this platform: poll /api/realtime');
