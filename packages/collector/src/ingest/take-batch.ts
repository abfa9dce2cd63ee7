/** The way of a parsed batch into the store. */
import type { Batch, IngestData } from '@liveinsight/schema';
import { ApiError } from '../errors.js';
import type { Exclusions } from '../exclusions/exclusions.js';
import { excludeVisitor, isOwnBrowser } from '../exclusions/own-browser.js';
import { createRateLimit } from '../http/rate-limit.js';
import { createLocate } from '../location/locate.js';
import type { CommonOptions } from '../options.js';
import { deriveKey } from '../sites/derive-key.js';
import { createShardPicker } from '../sites/sharding.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { Arrival } from '../storage/arrival.js';
import {
  type AppendOutcome,
  type EventStore,
  type InsertedItem,
  type NewBatch,
  StoreUnavailableError,
} from '../storage/event-store.js';
import type { SaltStore } from '../storage/salt-store.js';
import type { SettingsStore } from '../storage/settings-store.js';
import { correctClock, tooOldIssue } from './clock-skew.js';
import { enrich } from './enrich.js';
import { countByRule, type ExcludedEvent, excludeEvents, toReason } from './exclude-events.js';
import { type ParsedRequest, type RejectedEvents, reusedNames, toIngestResult } from './ingest-result.js';
import type { PlanCheck } from './plan-check.js';
import type { Rejections } from './rejections.js';
import { withoutThrowing } from './safe-listener.js';
import { storeFailureLog } from './store-failure-log.js';
import { createAgents } from './user-agent.js';
import { createVisitorIds } from './visitor-id.js';
import { createVisits, type VisitFacts } from './visits.js';

/** Who sent a batch. */
export interface Sender {
  /** A header of the request, by its lower-case name. */
  header(name: string): string | undefined;
  /** The address; empty where it is not known. Used, and stored nowhere. */
  ip(): string;
  /** Whether events that name no session are of one that has all of the visitor's day. Else each batch is a session of its own. */
  isByDay: boolean;
  /** Characters of the request. */
  chars: number;
}

/** Answers what became of the batch's events; throws an `ApiError` where all of it is rejected. */
export type TakeBatch = (parsed: ParsedRequest, sender: Sender, receivedAt: number) => Promise<IngestData>;

export interface TakeBatchParts {
  options: CommonOptions;
  sites: Sites;
  store: EventStore & SaltStore & SettingsStore;
  exclusions: Exclusions;
  /** Counts what is not taken. */
  rejections: Rejections;
  /** Compares what is stored with the tracking plan. */
  planCheck?: PlanCheck | undefined;
  /** Called with each item that has been stored, its shard, and the characters of the request that it came by. */
  publish(site: string, arrival: () => Arrival, from: { shard: number; chars: number }): void;
}

const DEFAULT_SESSION_EVENTS_PER_MINUTE = 600;

export function createTakeBatch({
  options,
  sites,
  store,
  exclusions,
  rejections,
  planCheck,
  publish,
}: TakeBatchParts): TakeBatch {
  const shardKey = deriveKey(options.secret, 'shard');
  const createVisitorId = createVisitorIds(deriveKey(options.secret, 'visitor'), store);
  const visits = createVisits(deriveKey(options.secret, 'visitor'), store);
  const describeAgent = createAgents();
  const locate = createLocate(options);
  const onStoreError = withoutThrowing(
    options.onStoreError ?? storeFailureLog((line) => console.error(line)),
  );
  const onExcluded = withoutThrowing(options.onExcluded ?? (() => {}));
  const rateLimit = createRateLimit(options.sessionEventsPerMinute ?? DEFAULT_SESSION_EVENTS_PER_MINUTE);

  async function nameVisitor(batch: Batch, site: ResolvedSite, sender: Sender, at: number): Promise<string> {
    if (batch.visitor_id !== undefined) return batch.visitor_id;
    if (batch.server) return visits.nameVisitor(batch);
    return createVisitorId({ site, ip: sender.ip(), userAgent: sender.header('user-agent') ?? '', at });
  }

  function countExcluded(site: string, excluded: readonly ExcludedEvent[]): void {
    for (const { rule, events } of countByRule(excluded)) {
      rejections.add(site, [toReason(rule)], events);
      onExcluded({ site, events, by: rule.by, value: rule.value });
    }
  }

  /** From now on; should the store fail, its events count, and the next of them tries again. */
  async function excludeOwnBrowser(site: string, visitorId: string): Promise<void> {
    const rules = await exclusions.get(site);
    if (rules.findForSender({ ip: () => '', country: undefined, userAgent: '', visitorId })) return;
    try {
      await excludeVisitor(store, site, visitorId, Date.now());
      exclusions.forget(site);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }

  return async (parsed, sender, receivedAt) => {
    const { batch, bare } = parsed;

    const authorized = sites.authorize(batch.site, sender.header('origin'));
    if (!authorized.ok) {
      rejections.add(sites.get(batch.site ?? sites.default ?? '')?.id, [authorized.issue]);
      throw new ApiError('refused', authorized.issue.message, [authorized.issue]);
    }
    const { site } = authorized;
    batch.site = site.id;
    const userAgent = sender.header('user-agent') ?? '';
    const isNamed = batch.session.session_id !== batch.batch;
    const naming = nameVisitor(batch, site, sender, receivedAt);
    // A failure is looked at below.
    naming.catch(() => {});
    if (!isNamed && (sender.isByDay || batch.server)) {
      const visitorId = batch.visitor_id ?? (batch.server ? undefined : await naming.catch(() => undefined));
      batch.session.session_id = visits.nameSession(batch, visitorId);
    }
    const limit = rateLimit.take(`${site.id}#${batch.session.session_id}`, batch.events.length, receivedAt);
    if (!limit.ok) {
      const failure = tooFast(limit.retryAfterS);
      const { message } = failure;
      rejections.add(site.id, [{ code: 'rate_limited', path: '', message }], batch.events.length);
      throw failure;
    }

    const { events: timely, tooOld } = correctClock(batch, receivedAt, site.retentionDays, bare);
    const rejectedEvents: RejectedEvents = {
      rejected: tooOld.length > 0 ? [{ ids: tooOld, issue: tooOldIssue(site.retentionDays) }] : [],
      retry: [],
    };
    const toResult = (): IngestData => {
      const data = toIngestResult(parsed, rejectedEvents);
      if (data.rejected.length > 0) rejections.add(site.id, data.rejected);
      return data;
    };
    if (timely.length === 0) return toResult();

    // A process that has just started reads them meanwhile.
    void exclusions.get(site.id);
    // Meanwhile: a process that has just started waits for the salt of the day.
    const agent = batch.server
      ? {}
      : describeAgent(userAgent, {
          brands: sender.header('sec-ch-ua'),
          platform: sender.header('sec-ch-ua-platform'),
          screen: batch.context.screen,
          touchPoints: batch.context.touch_points,
          signatureAgent: sender.header('signature-agent'),
          from: sender.header('from'),
        });
    let visitorId: string;
    try {
      visitorId = await naming;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      // As where the batch itself could not be stored: sent again, it gets its name.
      rejectedEvents.retry = timely.map(({ event_id }) => event_id);
      onStoreError({ events: timely.length, cause: error.message });
      return toResult();
    }
    if (isOwnBrowser(options.secret, site.id, batch, receivedAt)) await excludeOwnBrowser(site.id, visitorId);
    const location = batch.server
      ? {}
      : await locate({ request: sender, ip: sender.ip, timezone: batch.context.timezone });
    const facts: VisitFacts =
      batch.server && !isNamed && batch.user_id ? await visits.findFacts(site.id, batch.user_id) : {};
    const { events, excluded } = excludeEvents(timely, await exclusions.get(site.id), {
      // A server's own say nothing of the visitor.
      ip: batch.server ? () => '' : sender.ip,
      country: location.country,
      userAgent: batch.server ? '' : userAgent,
      visitorId,
    });
    rejectedEvents.excluded = excluded.map(({ id }) => id);
    countExcluded(site.id, excluded);
    if (events.length === 0) return toResult();
    const enriched = enrich(batch, events, {
      site: site.id,
      origins: site.origins,
      visitorId,
      agent,
      location,
      retentionDays: site.retentionDays,
      shardAt: createShardPicker(site.shards, shardKey, batch.session.session_id),
    });
    if (batch.server) addFacts(enriched, facts, batch);
    const outcome = await store.append(enriched);
    note(outcome, rejectedEvents);
    if (outcome.kind === 'retry') onStoreError({ events: outcome.event_ids.length, cause: outcome.cause });
    if (outcome.kind === 'stored' && outcome.inserted) {
      const { inserted } = outcome;
      publish(site.id, () => toArrival(enriched, inserted), {
        shard: enriched.shardAt(inserted.received_at),
        chars: sender.chars,
      });
      for (const [path, count] of Object.entries(enriched.dropped ?? {}))
        rejections.add(site.id, [{ code: 'dropped', path, message: '' }], count);
      planCheck?.add(site.id, enriched.events, inserted.event_ids);
    }
    return toResult();
  };
}

/** By the name that a breakdown shows: without one, an import of what an export has would make a channel of its own. */
const UNKNOWN_CHANNEL = '(unknown)';
/** How a visit came. What the server says of that counts as one: parts of two visits make none. */
const ORIGIN = ['referrer', 'utm', 'source', 'channel', 'click_id'] as const satisfies (keyof VisitFacts)[];

/** Adds what is known of the user. A server's own request says nothing of a visit, not even that it was direct. */
function addFacts(enriched: NewBatch, { visitor_id, ...facts }: VisitFacts, batch: Batch): void {
  if (batch.session.referrer || batch.session.utm) for (const name of ORIGIN) delete facts[name];
  else enriched.channel = UNKNOWN_CHANNEL;
  Object.assign(enriched, facts);
  if (batch.visitor_id === undefined && visitor_id !== undefined) enriched.visitor_id = visitor_id;
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
