/** A collector that takes events and does nothing else: a function that only needs this starts in half the time. */
import { ingestRoutes } from './api/ingest-routes.js';
import { createReadiness } from './api/readiness.js';
import { createExclusions } from './exclusions/exclusions.js';
import { createOpenRequests } from './http/open-requests.js';
import type { CollectorReply, CollectorRequest, Connection } from './http/request.js';
import { createRouter } from './http/router.js';
import { createIngest } from './ingest/ingest.js';
import { createRejections } from './ingest/rejections.js';
import type { CollectorOptions, PortOptions } from './options.js';
import { createSites } from './sites/site-registry.js';
import { toStore } from './storage/store-parts.js';
import { checkOptions } from './validate-options.js';

export interface IngestCollector {
  /** Answers a request in the collector's own terms: what adapters call. Never rejects. */
  handle(request: CollectorRequest, connection: Connection): Promise<CollectorReply>;
  /** Waits until every request under way is answered, for 8 seconds at most, then closes the store. */
  close(): Promise<void>;
}

/**
 * Answers `POST /events` and `GET /p.gif` as `createCollector` does, `GET /health` and `GET /ready`; all else is not found.
 * Options for reading have no effect, and it rolls nothing up: another process has to.
 * @throws OptionsError that names every option that is wrong
 */
export function createIngestCollector(options: CollectorOptions | PortOptions): IngestCollector {
  checkOptions(options);
  const store = toStore(options.store === undefined ? options : options.store);
  const requests = createOpenRequests();
  const storeReady = createReadiness(store);
  const rejections = createRejections(Date.now);
  const ingest = createIngest({
    options,
    sites: createSites(options),
    store,
    exclusions: createExclusions(store),
    rejections,
    publish: () => {},
  });
  const ready = () => requests.ready(storeReady);
  const router = createRouter(ingestRoutes({ options, ingest, rejections, ready }), options.basePath ?? '');
  return {
    handle: (request, connection) => requests.handle(router, request, connection),
    async close() {
      await requests.close();
      await store.close();
    },
  };
}
