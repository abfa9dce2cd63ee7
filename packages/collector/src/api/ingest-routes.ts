/** The routes of what takes events: ingest, and the checks of a load balancer. */
import { ingestResponse, success } from '../http/responses.js';
import type { RequestContext, Route } from '../http/router.js';
import type { CommonOptions } from '../options.js';
import { type PixelParts, pixelRoute } from './pixel-route.js';

export const DEFAULT_TRACKER_PATH = '/liveinsight.js';

export interface IngestRouteParts extends PixelParts {
  options: CommonOptions;
  /** Resolves where the store can be used. */
  ready(): Promise<void>;
}

export function ingestRoutes({ options, ingest, rejections, ready }: IngestRouteParts): Route[] {
  const events = {
    POST: async ({ request, connection }: RequestContext) =>
      ingestResponse(await ingest(request, connection)),
  };
  const { environment, trackerPath = DEFAULT_TRACKER_PATH } = options;
  const folder = trackerPath.slice(0, trackerPath.lastIndexOf('/'));
  return [
    { path: '/events', ...events },
    { path: '/api/events', ...events },
    // The tracker sends to `api/events` beside itself.
    { path: `${folder}/api/events`, ...events },
    ...[...new Set(['/p.gif', '/api/p.gif', `${folder}/p.gif`])].map((path) =>
      pixelRoute(path, { ingest, rejections }),
    ),
    { path: '/health', GET: () => success({ health: 'alive', ...(environment ? { environment } : {}) }) },
    {
      path: '/ready',
      async GET() {
        await ready();
        return success({ ready: true });
      },
    },
  ];
}
