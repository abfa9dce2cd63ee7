/** Handlers of reads: the key's sites, the site that is asked for, the response shared by those who ask at once. */
import type { Auth, SiteScope } from '../http/auth.js';
import { sharedReads } from '../http/coalesce.js';
import { requireSite } from '../http/query-params.js';
import type { CollectorReply } from '../http/request.js';
import type { Handler, RequestContext } from '../http/router.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import type { QueryContext } from '../query/query-context.js';
import { parseColumnTraffic } from '../query/traffic.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { Tails } from '../tail/tails.js';
import { readImportedDays, withImportNote } from './import-note.js';

/** Data from rollups and the log after them, which has `tailBatches`. */
type RollupReport = (
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
) => Promise<{ data: unknown; tailBatches: number }>;

/** Data from events by column. */
type EventsReport = (context: QueryContext, site: ResolvedSite, query: URLSearchParams) => Promise<unknown>;

/** A file of them, which is made for one request. */
export type FileReport = (
  context: QueryContext,
  site: StatsSite,
  request: RequestContext,
) => Promise<{ reply: CollectorReply; tailBatches: number }>;

export interface SiteReads {
  /** A response about all sites that the key opens. */
  allSites(respond: (query: URLSearchParams, scope: SiteScope) => unknown): Handler;
  /** A response about one site. */
  site(respond: (site: ResolvedSite, context: RequestContext) => unknown): Handler;
  /** The same from rollups: where much of the log follows them, a roll-up is triggered. */
  rollups(report: RollupReport): Handler;
  /** The same as a file. */
  rollupFile(report: FileReport): Handler;
  /** A response about one site from events by column, and the newest ones that the process holds. */
  events(report: EventsReport): Handler;
}

export interface SiteReadsParts {
  auth: Auth;
  sites: Sites;
  scheduler: RollupScheduler;
  context: QueryContext;
  tails: Tails;
}

export function createSiteReads({
  auth,
  sites,
  scheduler,
  context: queryContext,
  tails,
}: SiteReadsParts): SiteReads {
  const shared = sharedReads((context) => auth.requireRead(context));
  const site: SiteReads['site'] = (respond) =>
    shared(async (context, scope) => respond(requireSite(sites, context.query, scope), context));
  /** What a response about a site is read with: one read of what is new, and one cut, for all its parts. */
  const open = (known: ResolvedSite, query: URLSearchParams): [QueryContext, StatsSite] => {
    const traffic = parseColumnTraffic(query, queryContext.countBots);
    const statsSite = { known, rollup: scheduler.toRollupSite(known) };
    return [{ ...queryContext, traffic, tail: tails.open(statsSite.rollup) }, statsSite];
  };
  return {
    site,
    allSites: (respond) => shared(async ({ query }, scope) => respond(query, scope)),
    rollups: (report) =>
      site(async (known, { query }) => {
        // First, as it can throw: nobody would wait for the days then.
        const opened = open(known, query);
        const marks = readImportedDays(queryContext.rollups, known.id);
        const [{ data, tailBatches }, days] = await Promise.all([report(...opened, query), marks]);
        scheduler.trigger(known, tailBatches);
        return withImportNote(data, days);
      }),
    events: (report) =>
      site(async (known, { query }) => {
        const [context] = open(known, query);
        const marks = readImportedDays(queryContext.rollups, known.id);
        const [data, days] = await Promise.all([report(context, known, query), marks]);
        return withImportNote(data, days);
      }),
    rollupFile: (report) => async (context) => {
      const known = requireSite(sites, context.query, auth.requireRead(context));
      const { reply, tailBatches } = await report(...open(known, context.query), context);
      scheduler.trigger(known, tailBatches);
      return reply;
    },
  };
}
