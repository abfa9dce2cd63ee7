/** The way of a batch from a request's bytes into the store. */
import { type IngestData, parseBatchText } from '@liveinsight/schema';
import { v7 as uuidv7 } from 'uuid';
import { ApiError } from '../errors.js';
import { readText } from '../http/body.js';
import { createClientIps } from '../http/client-ip.js';
import { createRateLimit } from '../http/rate-limit.js';
import type { CollectorRequest, Connection } from '../http/request.js';
import { createLocate } from '../location/locate.js';
import type { CommonOptions } from '../options.js';
import { deriveKey } from '../sites/derive-key.js';
import { createShardPicker } from '../sites/sharding.js';
import type { Sites } from '../sites/site-registry.js';
import type { Arrival } from '../storage/arrival.js';
import {
  type AppendOutcome,
  type EventStore,
  type InsertedItem,
  type NewBatch,
  StoreUnavailableError,
} from '../storage/event-store.js';
import type { SaltStore } from '../storage/salt-store.js';
import { createTurns } from '../time-slice.js';
import { correctClock, tooOldIssue } from './clock-skew.js';
import { enrich } from './enrich.js';
import { type RejectedEvents, reusedNames, toIngestResult } from './ingest-result.js';
import type { Rejections } from './rejections.js';
import { storeFailureLog } from './store-failure-log.js';
import { createAgents } from './user-agent.js';
import { createVisitorIds } from './visitor-id.js';

/** Takes a request, answers what became of its events; throws a `ApiError` where it is refused whole. */
export type Ingest = (request: CollectorRequest, connection: Connection) => Promise<IngestData>;

export interface IngestParts {
  options: CommonOptions;
  sites: Sites;
  store: EventStore & SaltStore;
  /** Is told of what is not taken. */
  rejections: Rejections;
  /** Hears of each item that has been stored, its shard, and the characters of the request that it came by. */
  publish(site: string, arrival: () => Arrival, from: { shard: number; chars: number }): void;
}

const DEFAULT_SESSION_EVENTS_PER_MINUTE = 600;
/** Characters of a body above which it waits for its turn. What a tracker sends has a tenth. */
const LARGE_BODY_CHARS = 32_768;

export function createIngest({ options, sites, store, rejections, publish }: IngestParts): Ingest {
  const shardKey = deriveKey(options.secret, 'shard');
  const createVisitorId = createVisitorIds(deriveKey(options.secret, 'visitor'), store);
  const describeAgent = createAgents();
  const locate = createLocate(options);
  const clientIp = createClientIps(options.trustedProxies ?? 0, (message) => console.warn(message));
  const { onStoreError = storeFailureLog((line) => console.error(line)) } = options;
  const rateLimit = createRateLimit(options.sessionEventsPerMinute ?? DEFAULT_SESSION_EVENTS_PER_MINUTE);
  const turn = createTurns();

  return async (request, connection) => {
    let text: string;
    try {
      text = await readText(request);
    } catch (error) {
      if (error instanceof ApiError) rejections.add(undefined, error.issues);
      throw error;
    }
    if (text.length > LARGE_BODY_CHARS) await turn();
    const receivedAt = Date.now();
    const parsed = parseBatchText(text, { now: receivedAt, newId: uuidv7, repair: true });
    if (!parsed.ok) {
      rejections.add(undefined, parsed.issues.slice(0, 1));
      throw new ApiError('refused', parsed.issues[0].message, parsed.issues);
    }
    const { batch, bare } = parsed;

    const authorized = sites.authorize(batch.site, request.header('origin'));
    if (!authorized.ok) {
      rejections.add(sites.get(batch.site ?? sites.default ?? '')?.id, [authorized.issue]);
      throw new ApiError('refused', authorized.issue.message, [authorized.issue]);
    }
    const { site } = authorized;
    const limit = rateLimit.take(`${site.id}#${batch.session.session_id}`, batch.events.length, receivedAt);
    if (!limit.ok) {
      const failure = tooFast(limit.retryAfterS);
      const { message } = failure;
      rejections.add(site.id, [{ code: 'rate_limited', path: '', message }], batch.events.length);
      throw failure;
    }

    const { events, tooOld } = correctClock(batch, receivedAt, site.retentionDays, bare);
    const rejectedEvents: RejectedEvents = {
      rejected: tooOld.length > 0 ? [{ ids: tooOld, issue: tooOldIssue(site.retentionDays) }] : [],
      retry: [],
    };
    const toResult = (): IngestData => {
      const data = toIngestResult(parsed, rejectedEvents);
      if (data.rejected.length > 0) rejections.add(site.id, data.rejected);
      return data;
    };
    if (events.length === 0) return toResult();

    const userAgent = request.header('user-agent') ?? '';
    const ip = () => clientIp(request, connection);
    const naming = batch.visitor_id ?? createVisitorId({ site, ip: ip(), userAgent, at: receivedAt });
    // Meanwhile: a process that has just started waits for the salt of the day.
    const agent = describeAgent(userAgent, {
      brands: request.header('sec-ch-ua'),
      platform: request.header('sec-ch-ua-platform'),
      screen: batch.context.screen,
    });
    let visitorId: string;
    try {
      visitorId = await naming;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      // As where the batch itself could not be stored: sent again, it gets its name.
      rejectedEvents.retry = events.map(({ event_id }) => event_id);
      onStoreError({ events: events.length, cause: error.message });
      return toResult();
    }
    const enriched = enrich(batch, events, {
      site: site.id,
      origins: site.origins,
      visitorId,
      agent,
      location: await locate({ request, ip, timezone: batch.context.timezone }),
      retentionDays: site.retentionDays,
      shardAt: createShardPicker(site.shards, shardKey, batch.session.session_id),
    });
    const outcome = await store.append(enriched);
    note(outcome, rejectedEvents);
    if (outcome.kind === 'retry') onStoreError({ events: outcome.event_ids.length, cause: outcome.cause });
    if (outcome.kind === 'stored' && outcome.inserted) {
      const { inserted } = outcome;
      publish(site.id, () => toArrival(enriched, inserted), {
        shard: enriched.shardAt(inserted.received_at),
        chars: text.length,
      });
      for (const [path, count] of Object.entries(enriched.dropped ?? {}))
        rejections.add(site.id, [{ code: 'dropped', path, message: '' }], count);
    }
    return toResult();
  };
}

/** Adds what the store could not keep to the losses. */
function note(outcome: AppendOutcome, rejectedEvents: RejectedEvents): void {
  if (outcome.kind === 'retry') rejectedEvents.retry = outcome.event_ids;
  else rejectedEvents.rejected.push(...reusedNames(outcome));
}

function toArrival({ shardAt: _, retention_days: __, ...batch }: NewBatch, inserted: InsertedItem): Arrival {
  const ids = new Set(inserted.event_ids);
  const events = batch.events.filter(({ event_id }) => ids.has(event_id));
  return { ...batch, batch: inserted.batch, received_at: inserted.received_at, events };
}

function tooFast(retryAfterS: number): ApiError {
  const message = `this session sends too many events: try again in ${retryAfterS} s`;
  return new ApiError('rate_limited', message, [], { 'retry-after': String(retryAfterS) });
}
