/** Composition only: options become parts, parts become routes, routes answer requests. */
import { createAlerts } from './alerts/alert-scheduler.js';
import { createReadiness } from './api/readiness.js';
import { createRoutes } from './api/routes.js';
import {
  MAX_SEGMENT_CACHE_BYTES,
  MAX_SEGMENT_CACHE_BYTES_OF_FUNCTION,
  MAX_SEGMENT_READ_BYTES,
  MAX_SEGMENT_READ_BYTES_OF_FUNCTION,
} from './budgets.js';
import { checkNodeVersion } from './check-node-version.js';
import { createExclusions } from './exclusions/exclusions.js';
import { createAuth } from './http/auth.js';
import { createOpenRequests } from './http/open-requests.js';
import type { CollectorReply, CollectorRequest, Connection } from './http/request.js';
import { createRouter, type Delegate, type MatchOptions } from './http/router.js';
import { fromWebRequest, toWebResponse } from './http/web.js';
import { createIngest, type IngestParts } from './ingest/ingest.js';
import { createPlanCheck } from './ingest/plan-check.js';
import { createRejections } from './ingest/rejections.js';
import { createTrack, type Track } from './ingest/track.js';
import { createSiteFeeds, type LiveListener } from './live/site-feeds.js';
import type { CollectorOptions, CommonOptions, PortOptions } from './options.js';
import { readDefinitions } from './query/definitions.js';
import { storedChunks } from './query/stored-chunks.js';
import { DEFAULT_ROLL_UP_EVERY_SECONDS } from './rollup/rollup-context.js';
import { createRollupScheduler, type RoundOptions } from './rollup/rollup-scheduler.js';
import { createSegmentCache } from './segments/segment-cache.js';
import { createSites, type Sites } from './sites/site-registry.js';
import { toStore } from './storage/store-parts.js';
import { createTails, type TailReport } from './tail/tails.js';
import { checkOptions, shortKeyWarnings } from './validate-options.js';

export interface RoundResult {
  /** False where `withinMs` was over before all was done: the next round goes on from there. */
  finished: boolean;
}

export interface Collector {
  /** Answers a request in the collector's own terms: what adapters call. Never rejects. */
  handle(request: CollectorRequest, connection: Connection): Promise<CollectorReply>;
  /** Answers a web-standard request, as Hono or a Worker has it. `connection.streams` is true unless said otherwise. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /**
   * Whether the path of this URL (path and query) is one of the collector's. Without a `basePath`, paths without `/api`, as
   * `/sessions`, are its own only where it is `mounted` under a path; `/events` always is.
   */
  matches(url: string, options?: MatchOptions): boolean;
  /** Paths of all routes, as `/api/events` or `/api/sessions/:session_id`; one part of each may vary (`:name`, or `*` at the end). */
  readonly paths: readonly string[];
  /**
   * Stores an event of the application that the collector runs in: of the browser's request that it answers, of a user, or of
   * nobody. Tries again where the store fails; `retry` in the result says that it failed each time.
   * @throws TypeError where all of it is wrong, as an unknown site
   */
  track: Track;
  /** Hears of every batch this process stores, as it is stored. Returns the way to stop. */
  onBatch(listener: LiveListener): () => void;
  /** What this process holds of the newest arrivals, a site that is asked for each: for metrics. Reads nothing. */
  tails(): TailReport[];
  /**
   * One round of rolling up, over all sites with traffic, and of alerts, over all sites: what a schedule calls. What fails
   * is passed and tried again by the next round; it rejects with an error that names it.
   */
  rollUp(options?: RoundOptions): Promise<RoundResult>;
  /**
   * Ends live streams, waits until every request under way is answered, for 8 seconds at most, then closes the store.
   * Call `server.close()` just before it, and do not wait for that: a server waits for its live streams, which only this
   * ends. Requests that come in later are told to send again.
   */
  close(): Promise<void>;
}

/** Where a collector shares its work with another, of another thread. */
export interface Surroundings {
  /** Answers what does not need this process's memory, in place of this collector's own routes. */
  delegate?: Delegate;
  /** Called when a person of the site was erased here. */
  onErased?: (site: string) => void;
}

export interface AssembledCollector {
  collector: Collector;
  sites: Sites;
  /** A person of the site was erased: what is held of it is read again. */
  forget(site: string): void;
}

/** @throws OptionsError that names every option that is wrong */
export function createCollector(options: CollectorOptions | PortOptions): Collector {
  checkNodeVersion();
  checkOptions(options);
  for (const warning of shortKeyWarnings(options)) console.warn(`LiveInsight: ${warning}`);
  return assembleCollector(options).collector;
}

/** @param options that are known to be right */
export function assembleCollector(
  options: CollectorOptions | PortOptions,
  { delegate, onErased = () => {} }: Surroundings = {},
): AssembledCollector {
  const store = toStore(options.store === undefined ? options : options.store);
  const sites = createSites(options);
  const feeds = createSiteFeeds(store, options.countBots ?? false);
  const scheduler = createRollupScheduler({ options, sites, store });
  // A process with a timer is a server; without one it is a function's, which has less memory.
  const readsOn = (options.rollUpEverySeconds ?? DEFAULT_ROLL_UP_EVERY_SECONDS) > 0;
  const segments = createSegmentCache(
    readsOn ? MAX_SEGMENT_CACHE_BYTES : MAX_SEGMENT_CACHE_BYTES_OF_FUNCTION,
  );
  const chunks = storedChunks(scheduler.context, {
    cache: segments,
    maxBytes: readsOn ? MAX_SEGMENT_READ_BYTES : MAX_SEGMENT_READ_BYTES_OF_FUNCTION,
  });
  const tails = createTails({
    context: scheduler.context,
    numberBatches: scheduler.numberBatches,
    readsOn,
  });
  const publish: IngestParts['publish'] = (site, arrival, from) => {
    feeds.publish(site, arrival);
    tails.announce(site, arrival, from);
  };
  const startOver = (site: string) => {
    feeds.forget(site);
    tails.startOver(site);
    segments.forget(site);
  };
  const alerts = createAlerts({ options, sites, store, scheduler, tails });
  const exclusions = createExclusions(store);
  const rejections = createRejections(Date.now);
  const planCheck = options.plan && createPlanCheck(options.plan, Date.now);
  const ingest = createIngest({ options, sites, store, exclusions, rejections, planCheck, publish });
  const storeReady = createReadiness(store);
  const requests = createOpenRequests();
  let closing: Promise<void> | undefined;
  const router = createRouter(
    createRoutes({
      options,
      auth: createAuth(options),
      sites,
      store,
      feeds,
      scheduler,
      context: { ...scheduler.context, chunks, definitions: readDefinitions(store) },
      tails,
      rejections,
      planCheck,
      exclusions,
      alerts,
      ingest,
      forget(site) {
        startOver(site);
        onErased(site);
      },
      onNumbersChanged: (site) => {
        tails.startOver(site);
        segments.forget(site);
      },
      secret: options.secret,
      allowPrivateWebhooks: options.allowPrivateWebhooks ?? false,
      ready: () => requests.ready(storeReady),
    }),
    options.basePath ?? '',
    delegate,
  );

  const handle: Collector['handle'] = (request, connection) => requests.handle(router, request, connection);

  async function close(): Promise<void> {
    await Promise.all([feeds.close(), requests.close(), scheduler.close(), alerts.close(), tails.close()]);
    await store.close();
  }

  const collector: Collector = {
    handle,
    fetch: async (request, connection = {}) =>
      toWebResponse(await handle(fromWebRequest(request, connection), { streams: true, ...connection })),
    matches: router.matches,
    paths: router.paths,
    track: createTrack(ingest, options.defaultSite ?? onlySite(options)),
    onBatch: feeds.subscribe,
    tails: tails.reports,
    async rollUp(round) {
      const [finished] = await both(scheduler.rollUp(round), alerts.check(round));
      return { finished };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
  return { collector, sites, forget: startOver };
}

/** The site, where there is but one. */
const onlySite = ({ sites: [first, ...others] }: CommonOptions): string | undefined =>
  others.length === 0 ? first?.id : undefined;

/** Neither has to wait for the other, nor fails with it. */
async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
