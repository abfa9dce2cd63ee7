/** Every route, in one table. */
import { ingestResponse, success } from '../http/responses.js';
import type { RequestContext, Route } from '../http/router.js';
import type { Ingest } from '../ingest/ingest.js';
import type { CommonOptions } from '../options.js';
import { type RawDataParts, rawDataRoutes } from './raw-data-routes.js';
import { type ReadParts, readRoutes } from './read-routes.js';
import { reportRoutes } from './report-routes.js';
import { type SettingsParts, settingsRoutes } from './settings-routes.js';
import { createSiteReads, type SiteReadsParts } from './site-reads.js';
import { dashboardRoutes, trackerRoutes } from './static-routes.js';

export interface RouteParts extends SiteReadsParts, ReadParts, RawDataParts, SettingsParts {
  options: CommonOptions;
  ingest: Ingest;
  /** Resolves where the store can be used. */
  ready(): Promise<void>;
}

const DEFAULT_TRACKER_PATH = '/liveinsight.js';

export function createRoutes(parts: RouteParts): Route[] {
  const { options, store, context, ingest, ready } = parts;
  const read = createSiteReads(parts);
  const events = {
    POST: async ({ request, connection }: RequestContext) =>
      ingestResponse(await ingest(request, connection)),
  };
  const trackerPath = options.trackerPath ?? DEFAULT_TRACKER_PATH;
  const api: Route[] = [
    { path: '/events', ...events },
    ...readRoutes(parts, read),
    ...reportRoutes(store, context, read),
    ...rawDataRoutes(parts),
    ...settingsRoutes(parts),
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

const environment = ({ environment }: CommonOptions) => (environment ? { environment } : {});

async function readiness(ready: RouteParts['ready']) {
  await ready();
  return { ready: true };
}
