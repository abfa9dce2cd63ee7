/** What a collector is made of, documented once. */

import type { ExcludedBy, TrackingPlan } from '@liveinsight/schema';
import type { Counters } from './events/counters.js';
import type { OverBudgetReport } from './events/over-budget.js';
import type { Store } from './storage/event-store.js';
import type { StoreFailure } from './storage/store-failure.js';
import type { StoreParts } from './storage/store-parts.js';

/** A site whose events are taken. */
export interface Site {
  /** The site's id, `[a-z0-9._-]{1,64}`: the tracker's `data-site`. */
  id: string;
  /** Origins that may send, such as `https://shop.example` or `https://*.shop.example`. Requests without an Origin header are accepted. Default: any. */
  origins?: string[];
  /** IANA name of the reporting zone: hours and days of the numbers. Default `UTC`. */
  timezone?: string;
  /** Days that raw events are stored, at least 3. Default 30. */
  retentionDays?: number;
  /**
   * Days that events are also stored by column, as rows with pseudonymous ids: what filters, funnels and retention read beyond
   * raw events. 0 stores none. If it is set, it applies to all of a row; otherwise properties, titles and clicked elements are
   * removed from it with the raw events. Default 400, or `retentionDays` if that is set.
   */
  columnsRetentionDays?: number;
  /** Currency that the dashboard also reports revenue in, such as `EUR`. Default: none, each currency by itself. */
  currency?: string;
  /** What one unit of each other currency is worth in `currency`, such as `{ USD: 0.92 }`, at rates that you set. Revenue without a rate is shown separately. Default: none. */
  rates?: Record<string, number>;
  /** Shards of the arrival index: one for about 500 batches a second. A number, or steps in time, each at least 30 minutes ahead when added. Default 1. */
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
  /** Where everything is stored: `sqliteStore()`, `dynamoStore()`, or a store of your own. */
  store: Store | StoreParts;
}

/** Options of a collector with a store for each purpose: `events`, `rollups`, `settings` and `salts` instead of `store`. */
export interface PortOptions extends CommonOptions, StoreParts, Absent<'store'> {}

type Absent<Names extends string> = { [Name in Names]?: never };

/** Options besides those that say where everything is stored. */
export interface CommonOptions {
  /** Root secret for the keys of shards, sketches and visitor ids. At least 16 characters. Changing it breaks the continuity of unique counts. */
  secret: string;
  /** Sites whose events are accepted. Events of others are rejected with `unknown_site`. */
  sites: Site[];
  /** Whether other sites are accepted as well: up to 100, with the defaults of a site. For development. Default `false`. */
  anySite?: boolean;
  /** Site of events that name none. Default: none, such events are rejected. */
  defaultSite?: string;
  /** Keys for reading. Default: none, reads are rejected. */
  readKeys?: ReadKey[];
  /** Keys for erasing, importing and settings, and for reading the same sites. Default: none, these are rejected. */
  adminKeys?: ReadKey[];
  /** Whether an alert's webhook may lead to a private network, by http too. Default `false`. */
  allowPrivateWebhooks?: boolean;
  /** Path of all routes, such as `/analytics`. Default: none. */
  basePath?: string;
  /** Path of the tracker script under `basePath`; other scripts are named after it. Default `/liveinsight.js`. */
  trackerPath?: string;
  /** What is served next to the API: the script's text, or scripts by file name, and the dashboard's files. Default: nothing. */
  assets?: { tracker?: string | Record<string, string>; dashboard?: AssetFiles };
  /** Number of proxies in front whose `X-Forwarded-For` entries, or `Forwarded` if there are none, are trusted. Default 0: the connection's address is the client's. */
  trustedProxies?: number;
  /** The platform in front, whose headers say the location. Only name one that all requests come through: a client can write the same headers. Default: none. */
  locationHeaders?: LocationPlatform;
  /** Header with the country, such as `cloudfront-viewer-country` or `cf-ipcountry`. Only name one that your platform overwrites. Default: none. */
  countryHeader?: string;
  /** Header with the region. Default: none. */
  regionHeader?: string;
  /** Header with the city. Default: none. */
  cityHeader?: string;
  /** Finds the location of an address: `await fromMmdb(path)`, or a function of your own. The address is not stored. Default: none. */
  location?: LocationLookup;
  /** The tracking plan, as `definePlan` of `@liveinsight/schema` returns it. Events that differ from it are stored and counted all the same; `/api/plan` and the dashboard say how. Default: none. */
  plan?: TrackingPlan;
  /** Whether bots count in the numbers. They are stored and marked in both cases. Default `false`. */
  countBots?: boolean;
  /** Events of one session that a process accepts in a minute; more get 429. Default 600. */
  sessionEventsPerMinute?: number;
  /** Name of the deployment, such as `prod`, which `/health` shows. Default: none. */
  environment?: string;
  /**
   * Seconds between roll-up rounds, which also check alerts, in this process. With 0, a schedule must call `collector.rollUp()`, more
   * often than raw events expire. Any number of processes may do it at once. Default 60.
   */
  rollUpEverySeconds?: number;
  /** Called when a round that the timer began fails. The error names each part that failed; the next round tries it again. Default: a line on standard error. */
  onRollupError?: (error: unknown) => void;
  /** Called when a request's events could not be stored, with the reason. Default: a line on standard error, at most one in ten seconds. */
  onStoreError?: (unstored: StoreFailure) => void;
  /** Called when a rule of a site leaves events out: how many, what the rule goes by, and its value. `/api/rejections` counts them, too. Default: nothing. */
  onExcluded?: (excluded: ExcludedReport) => void;
  /** Called for each request with a wrong key. Default: a line on standard error, at most one in ten seconds. */
  onWrongKey?: () => void;
  /** Called when an hour has more values than its budget: how often, by reason. `/api/stats` notes it, too. Default: nothing. */
  onOverBudget?: (over: OverBudgetReport) => void;
  /** Called when a day aggregated from its log differs from its hours: day − hours, by counter. This is expected never. Default: nothing. */
  onRollupMismatch?: (difference: {
    site: string;
    shard: number;
    /** First ms of the day. */
    day: number;
    counters: Partial<Counters>;
  }) => void;
}
