/** The routes that answer from what the process that receives events holds: sites, the live view, rejections, the tracking plan. */
import type { PlanData, RealtimeData, RejectionsData, SitesData } from '@liveinsight/schema';
import { ApiError } from '../errors.js';
import { type Auth, getKey, type SiteScope } from '../http/auth.js';
import { createLiveReaders } from '../http/live-readers.js';
import { mayRead, rejectUnknown, requireSite, SITE_ALONE } from '../http/query-params.js';
import { eventStream } from '../http/responses.js';
import type { Route } from '../http/router.js';
import type { PlanCheck } from '../ingest/plan-check.js';
import type { Rejections } from '../ingest/rejections.js';
import { getRealtime } from '../live/realtime.js';
import type { SiteFeeds } from '../live/site-feeds.js';
import { liveStream } from '../live/sse.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { SiteReads } from './site-reads.js';

export interface LiveParts {
  auth: Auth;
  sites: Sites;
  feeds: SiteFeeds;
  scheduler: RollupScheduler;
  rejections: Rejections;
  planCheck: PlanCheck | undefined;
}

const NONE: ReadonlySet<string> = new Set();
const OF_REALTIME = new Set(['site', 'cursor']);
const OF_SPAN = new Set(['site', 'from', 'to', 'timezone']);

export function liveRoutes(
  { auth, sites, feeds, scheduler, rejections, planCheck }: LiveParts,
  read: SiteReads,
): Route[] {
  const { context } = scheduler;
  const now = () => context.rollups.now();
  const liveReaders = createLiveReaders();

  function listSites(query: URLSearchParams, scope: SiteScope): SitesData {
    rejectUnknown(query, NONE);
    return {
      sites: sites.all
        .filter(({ id }) => mayRead(scope, id))
        .map(({ id, timezone, retentionDays, currency, rates }) => ({
          id,
          timezone,
          retention_days: retentionDays,
          ...(currency === undefined ? {} : { currency }),
          ...(rates === undefined ? {} : { rates }),
          ...(context.countBots ? { counts_bots: true as const } : {}),
          ...(id === sites.default ? { default: true as const } : {}),
        })),
    };
  }

  function getRejections(site: ResolvedSite, query: URLSearchParams): RejectionsData {
    rejectUnknown(query, OF_SPAN);
    const { from, to } = parseSpan(query, parseTimezone(query, site.timezone), now());
    const { knownFrom, count, rows } = rejections.between(site.id, from, to);
    return {
      site: site.id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      known_from: new Date(knownFrom).toISOString(),
      count,
      rejections: rows,
    };
  }

  function getPlan(site: ResolvedSite, query: URLSearchParams): PlanData {
    rejectUnknown(query, OF_SPAN);
    const { from, to } = parseSpan(query, parseTimezone(query, site.timezone), now());
    const found = planCheck?.between(site.id, from, to);
    return {
      site: site.id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      events: planCheck?.events ?? null,
      conversions: planCheck?.conversions ?? null,
      known_from: found ? new Date(found.knownFrom).toISOString() : null,
      differences: found?.differences ?? [],
    };
  }

  function realtime(site: ResolvedSite, query: URLSearchParams): Promise<RealtimeData> {
    rejectUnknown(query, OF_REALTIME);
    return getRealtime(feeds.get(site), site.id, now(), query.get('cursor'));
  }

  return [
    { path: '/sites', GET: read.allSites(listSites) },
    { path: '/realtime', GET: read.site((site, { query }) => realtime(site, query)) },
    { path: '/plan', GET: read.site((site, { query }) => getPlan(site, query)) },
    { path: '/rejections', GET: read.site((site, { query }) => getRejections(site, query)) },
    {
      path: '/live',
      GET(context) {
        const { request, connection, query } = context;
        const scope = auth.requireRead(context);
        if (!connection.streams) throw CANNOT_STREAM();
        const open = () => {
          const site = requireSite(sites, query, scope);
          rejectUnknown(query, SITE_ALONE);
          return liveStream(feeds.get(site), {
            lastEventId: request.header('last-event-id'),
            signal: request.signal,
            closing: feeds.closing,
          });
        };
        return eventStream(liveReaders.connect(getKey(request) ?? '', request.signal, open));
      },
    },
  ];
}

const CANNOT_STREAM = () =>
  new ApiError('not_supported', 'streaming is not supported on this platform: poll /api/realtime');
