/** Every route, in one table. */
import type { Route } from '../http/router.js';
import { DEFAULT_TRACKER_PATH, type IngestRouteParts, ingestRoutes } from './ingest-routes.js';
import { type LiveParts, liveRoutes } from './live-routes.js';
import { type RawDataParts, rawDataRoutes } from './raw-data-routes.js';
import { type ReadParts, readRoutes } from './read-routes.js';
import { reportRoutes } from './report-routes.js';
import { type SettingsParts, settingsRoutes } from './settings-routes.js';
import { createSiteReads, type SiteReadsParts } from './site-reads.js';
import { dashboardRoutes, trackerRoutes } from './static-routes.js';

export interface RouteParts
  extends IngestRouteParts,
    SiteReadsParts,
    LiveParts,
    ReadParts,
    RawDataParts,
    SettingsParts {}

export function createRoutes(parts: RouteParts): Route[] {
  const { options, store, context } = parts;
  const read = createSiteReads(parts);
  const questions = [
    ...readRoutes(parts, read),
    ...reportRoutes(store, context, read),
    ...rawDataRoutes(parts),
  ];
  const api: Route[] = [
    ...liveRoutes(parts, read),
    ...questions.map((route) => ({ ...route, isQuestion: true })),
    ...settingsRoutes(parts),
  ];
  const { tracker, dashboard } = options.assets ?? {};

  return [
    ...ingestRoutes(parts),
    // Senders know `/events` wherever it stands; these give way to an application's own.
    ...api.map((route) => ({ ...route, isUnprefixed: true })),
    ...api.map((route) => ({ ...route, path: `/api${route.path}` })),
    ...(tracker ? trackerRoutes(tracker, options.trackerPath ?? DEFAULT_TRACKER_PATH) : []),
    ...(dashboard ? dashboardRoutes(dashboard) : []),
  ];
}
