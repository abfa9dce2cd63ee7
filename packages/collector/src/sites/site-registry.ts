/** The sites a collector takes events for, ready for use on every request. */
import type { Issue } from '@liveinsight/schema';
import { MAX_UNLISTED_SITES } from '../budgets.js';
import type { CommonOptions, Site } from '../options.js';
import { type OriginCheck, originCheck } from './origins.js';
import { type ShardPlan, shardPlan } from './sharding.js';

const DEFAULT_RETENTION_DAYS = 30;
const DEFAULT_COLUMNS_DAYS = 400;

/** How long events are stored by column, in days. */
export interface ColumnsRetention {
  days: number;
  /** Of properties and details of events. */
  detailDays: number;
}

export interface ResolvedSite {
  id: string;
  origins: string[];
  timezone: string;
  retentionDays: number;
  /** Absent: they are not stored by column. */
  columns?: ColumnsRetention;
  shards: ShardPlan;
  currency?: string;
  rates?: Readonly<Record<string, number>>;
  allows: OriginCheck;
}

export interface Sites {
  /** Those listed, and where any is taken those that have sent. */
  readonly all: ResolvedSite[];
  default: string | undefined;
  /** The site, if it takes events from that origin; else why not. */
  authorize(id: string | undefined, origin: string | undefined): { ok: true; site: ResolvedSite } | Rejection;
  get(id: string): ResolvedSite | undefined;
}

interface Rejection {
  ok: false;
  issue: Issue;
}

export function createSites({
  sites,
  defaultSite,
  anySite = false,
}: Pick<CommonOptions, 'sites' | 'defaultSite' | 'anySite'>): Sites {
  const byId = new Map(sites.map((site) => [site.id, resolveSite(site)]));

  function unlisted(id: string): ResolvedSite | undefined {
    if (!anySite || byId.size >= sites.length + MAX_UNLISTED_SITES) return undefined;
    const site = resolveSite({ id });
    byId.set(id, site);
    return site;
  }

  return {
    get all() {
      return [...byId.values()];
    },
    default: defaultSite,
    get: (id) => byId.get(id),
    authorize(id = defaultSite, origin) {
      if (id === undefined) {
        return reject('missing_field', 'site must be given: this collector has no default site');
      }
      const site = byId.get(id) ?? unlisted(id);
      if (!site) return reject('unknown_site', `this collector has no site ${id}`);
      if (site.allows(origin)) return { ok: true, site };
      const shownOrigin = origin?.slice(0, 200);
      return reject(
        'origin_not_allowed',
        `site ${id} takes no events from ${shownOrigin}: add it to the site's origins`,
      );
    },
  };
}

function resolveSite({
  id,
  origins = [],
  timezone = 'UTC',
  retentionDays: ownRetentionDays,
  columnsRetentionDays,
  shards,
  currency,
  rates,
}: Site): ResolvedSite {
  const retentionDays = ownRetentionDays ?? DEFAULT_RETENTION_DAYS;
  // A retention that was asked for is a promise about events in any form.
  const days = columnsRetentionDays ?? ownRetentionDays ?? DEFAULT_COLUMNS_DAYS;
  const columns = { days, detailDays: columnsRetentionDays ?? retentionDays };
  return {
    id,
    origins,
    timezone,
    retentionDays,
    ...(days === 0 ? {} : { columns }),
    shards: shardPlan(shards),
    allows: originCheck(origins),
    ...(currency === undefined ? {} : { currency }),
    ...(rates === undefined ? {} : { rates }),
  };
}

const reject = (code: Issue['code'], message: string): Rejection => ({
  ok: false,
  issue: { code, path: 'site', message },
});
