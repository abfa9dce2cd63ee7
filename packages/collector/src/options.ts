/** What a collector is made of, documented once. */

import type { ExcludedBy, TrackingPlan } from '@liveinsight/schema';
import type { Counters } from './events/counters.js';
import type { OverBudgetReport } from './events/over-budget.js';
import type { Store } from './storage/event-store.js';
import type { StoreFailure } from './storage/store-failure.js';
import type { StoreParts } from './storage/store-parts.js';

/** A site whose events are taken. */
export interface Site {
  /** `[a-z0-9._-]{1,64}`; the tracker's `data-site`. */
  id: string;
  /** Origins that may send, as `https://shop.example`; `*.` may stand for subdomains. Default: any. Requests without an Origin header are taken. */
  origins?: string[];
  /** IANA name of the reporting zone: hours and days of the numbers. Default `UTC`. */
  timezone?: string;
  /** Days that raw events are kept. Default 30, at least 3. */
  retentionDays?: number;
  /**
   * Days that events are also stored by column, as rows with pseudonymous ids: what filters, funnels and retention read beyond
   * raw events. Default 400, or `retentionDays` where that is given; their properties, titles and clicked elements then as
   * long as raw events. Given, it is the time of all of it. 0: none are stored.
   */
  columnsRetentionDays?: number;
  /** Currency that the dashboard also reports revenue in, as `EUR`. Default none: each currency by itself. */
  currency?: string;
  /** What one unit of each other currency is worth in `currency`, as `{ USD: 0.92 }`: kept up to date by you. What has no rate is told apart. */
  rates?: Record<string, number>;
  /** Shards of the arrival index: one per ~500 batches/s. A number, or steps in time, each at least 30 minutes ahead when added. Default 1. */
  shards?: number | ShardStep[];
}

/** From `from` on (ms since 1970 or ISO instant), arrivals go to `count` shards. */
export interface ShardStep {
  from: number | string;
  count: number;
}

/** A key; without `sites` it opens all. */
export type ReadKey = string | { key: string; sites: string[] };

/** Files of the dashboard by path, as `index.html`. */
export type AssetFiles = Record<string, { body: string | Uint8Array; contentType: string }>;

/** Platforms whose headers with the visitor's location are known. */
export type LocationPlatform = 'cloudfront' | 'cloudflare' | 'vercel';

/** Where an address is. What is not known is left out. */
export interface KnownLocation {
  /** ISO 3166-1 alpha-2. */
  country?: string | undefined;
  region?: string | undefined;
  city?: string | undefined;
}

/** Finds the location of an address; undefined for one that is not known. */
export type LocationLookup = (ip: string) => KnownLocation | undefined | Promise<KnownLocation | undefined>;

/** Events that a rule has left out. */
export interface ExcludedReport {
  site: string;
  events: number;
  /** What the rule goes by. */
  by: ExcludedBy;
  value: string;
}

/** Options of a collector with one store. */
export interface CollectorOptions extends CommonOptions, Absent<keyof StoreParts> {
  /** Where everything is stored: `dynamoStore()`, or a store of your own. */
  store: Store | StoreParts;
}

/** Options of a collector with a store for each purpose: `events`, `rollups`, `settings` and `salts` instead of `store`. */
export interface PortOptions extends CommonOptions, StoreParts, Absent<'store'> {}

type Absent<Names extends string> = { [Name in Names]?: never };

/** Options besides those that say where everything is stored. */
export interface CommonOptions {
  /** Keys for shards, sketches and names of visitors derive from it. At least 16 characters; keep it for ever. */
  secret: string;
  /** Sites taken. Others are refused with `unknown_site`. */
  sites: Site[];
  /** Whether sites that are not listed are taken as well: up to 100, with the defaults of a site. For development. Default false. */
  anySite?: boolean;
  /** Site of events that name none. Default: none, such events are refused. */
  defaultSite?: string;
  /** Keys for reading. Default none: reads are refused. */
  readKeys?: ReadKey[];
  /** Keys for erasing, importing and settings, and for reading the same sites. Default none: refused. */
  adminKeys?: ReadKey[];
  /** Whether an alert's webhook may lead into a private network, there by http too. Default false. */
  allowPrivateWebhooks?: boolean;
  /** Path that all routes are under, as `/analytics`. Default none. */
  basePath?: string;
  /** Path of the tracker script under `basePath`; other scripts are named after it. Default `/liveinsight.js`. */
  trackerPath?: string;
  /** What is served beside the API: the script's text, or scripts by file name, and the dashboard's files. Default: nothing. */
  assets?: { tracker?: string | Record<string, string>; dashboard?: AssetFiles };
  /** Proxies in front whose `X-Forwarded-For` entries, or `Forwarded` where there are none, are to be trusted. Default 0: the connection's address is the client's. */
  trustedProxies?: number;
  /** The platform in front, whose headers say the location. Only name one that all requests come through: a client may write the same headers. Default none. */
  locationHeaders?: LocationPlatform;
  /** Header in which the platform puts the country, as `cloudfront-viewer-country` or `cf-ipcountry`. Only name one that your platform overwrites. Default none. */
  countryHeader?: string;
  /** Header in which the platform puts the region. Default none. */
  regionHeader?: string;
  /** Header in which the platform puts the city. Default none. */
  cityHeader?: string;
  /** Where an address is, as a database of yours says: `await fromMmdb(path)`, or a function of your own. The address is used for that and not stored. Default none. */
  location?: LocationLookup;
  /** The tracking plan, as `definePlan` of `@liveinsight/schema` returns it. Events that differ from it are stored and counted all the same; `/api/plan` and the dashboard say how. Default: none. */
  plan?: TrackingPlan;
  /** Whether bots count. Default false: kept and marked, but not in the numbers. */
  countBots?: boolean;
  /** Events of one session taken in a minute by one process; over it 429. Default 600. */
  sessionEventsPerMinute?: number;
  /** Name of the deployment, as `prod`: `/health` says it. Default none. */
  environment?: string;
  /**
   * Seconds between rounds of rolling up, and of checking alerts, in this process. Default 60. 0: never by itself; then a schedule must call
   * `collector.rollUp()`, more often than raw events expire. Any number of processes may do it at once.
   */
  rollUpEverySeconds?: number;
  /** Called with what went wrong in a round, of rolling up or of alerts, that the timer began: the error names each part that failed; the next round tries it again. Default: a line on standard error. */
  onRollupError?: (error: unknown) => void;
  /** Told of each request whose events the store could not take, and why. Default: a line on standard error, at most one in ten seconds. */
  onStoreError?: (unstored: StoreFailure) => void;
  /** Called when a rule of a site leaves events out: how many, what the rule goes by, and its value. Default: nothing; `/api/rejections` counts them, too. */
  onExcluded?: (excluded: ExcludedReport) => void;
  /** Called with each request whose key opens nothing. Default: a line on standard error, at most one in ten seconds. */
  onWrongKey?: () => void;
  /** Called when an hour is rolled up of which visitors sent more than the numbers can hold: how often, by reason. `/api/stats` notes it, too. Default: nothing. */
  onOverBudget?: (over: OverBudgetReport) => void;
  /** Called when a day aggregated from its log differs from its hours: day − hours, by counter. Expected never. Default: nothing. */
  onRollupMismatch?: (difference: {
    site: string;
    shard: number;
    /** First ms of the day. */
    day: number;
    counters: Partial<Counters>;
  }) => void;
}
