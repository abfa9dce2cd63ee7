/** Handlers of reads: the key's sites, the site that is asked for, the response shared by those who ask at once. */
import type { Auth, SiteScope } from '../http/auth.js';
import { sharedReads } from '../http/coalesce.js';
import { requireSite } from '../http/query-params.js';
import type { Handler, RequestContext } from '../http/router.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import type { QueryContext } from '../query/query-context.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { Tails } from '../tail/tails.js';

/** Data from rollups and the log after them, which has `tailBatches`. */
type RollupReport = (
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
) => Promise<{ data: unknown; tailBatches: number }>;

export interface SiteReads {
  /** A response about all sites that the key opens. */
  allSites(respond: (query: URLSearchParams, scope: SiteScope) => unknown): Handler;
  /** A response about one site. */
  site(respond: (site: ResolvedSite, context: RequestContext) => unknown): Handler;
  /** The same from rollups: where much of the log follows them, a roll-up is triggered. */
  rollups(report: RollupReport): Handler;
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
  return {
    site,
    allSites: (respond) => shared(async ({ query }, scope) => respond(query, scope)),
    rollups: (report) =>
      site(async (known, { query }) => {
        const statsSite = { known, rollup: scheduler.toRollupSite(known) };
        // One read of what is new, and one cut, for all parts of the response.
        const context = { ...queryContext, tail: tails.open(statsSite.rollup) };
        const { data, tailBatches } = await report(context, statsSite, query);
        scheduler.trigger(known, tailBatches);
        return data;
      }),
  };
}
