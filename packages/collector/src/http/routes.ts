/** Every route, in one table. */
import { type DataParts, dataRoutes } from '../data/routes.js';
import { settingsRoutes } from '../data/settings-routes.js';
import { RequestFailure } from '../errors.js';
import type { Ingest } from '../ingest/ingest.js';
import type { CollectorOptions } from '../options.js';
import type { People } from '../people/people.js';
import { peopleRoutes } from '../people/routes.js';
import type { Reader } from '../read/reader.js';
import { type Keys, keyOf, type Readable } from './keys.js';
import { createLiveReaders } from './live-readers.js';
import { dashboardRoutes, trackerRoutes } from './pages.js';
import { eventStream, ingested, success } from './respond.js';
import type { Call, Handler, Route } from './router.js';
import { sharedReads } from './shared-reads.js';

export interface RouteParts {
  options: CollectorOptions;
  keys: Keys;
  ingest: Ingest;
  reader: Reader;
  people: People;
  data: DataParts;
  /** Resolves where the store can be used. */
  ready(): Promise<void>;
}

export const DEFAULT_TRACKER_PATH = '/liveinsight.js';

export function createRoutes({ options, keys, ingest, reader, people, data, ready }: RouteParts): Route[] {
  const shared = sharedReads();
  const liveReaders = createLiveReaders();
  const read = (answer: (call: Call, readable: Readable) => Promise<unknown>): Handler =>
    shared.read((call) => keys.reader(call), answer);

  const events = {
    POST: async ({ request, connection }: Call) => ingested(await ingest(request, connection)),
  };
  const trackerPath = options.trackerPath ?? DEFAULT_TRACKER_PATH;
  const api: Route[] = [
    { path: '/events', ...events },
    { path: '/sites', GET: read(async ({ query }, readable) => reader.sites(query, readable)) },
    { path: '/realtime', GET: read(({ query }, readable) => reader.realtime(query, readable)) },
    { path: '/stats', GET: read(({ query }, readable) => reader.stats(query, readable)) },
    { path: '/rejections', GET: read(async ({ query }, readable) => reader.rejections(query, readable)) },
    ...peopleRoutes(people, read),
    {
      path: '/live',
      GET: (call) => {
        const { request, connection, query } = call;
        const readable = keys.reader(call);
        if (!connection.streams) throw CANNOT_STREAM();
        const open = () => reader.live(request, query, readable);
        return eventStream(liveReaders.connect(keyOf(request) ?? '', request.signal, open));
      },
    },
    ...dataRoutes(data),
    ...settingsRoutes(data),
  ];

  return [
    // Senders know `/events` wherever it stands; the others give way to an application's own.
    ...api.map((route) => ({ ...route, isShort: route.path !== '/events' })),
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
  new RequestFailure('not_supported', 'this platform cannot hold a reply open: poll /api/realtime instead');
