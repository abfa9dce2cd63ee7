/** `GET /api/funnel`: how far sessions come on a way of steps, from raw events. */
import { BREAKDOWNS, type FunnelData } from '@liveinsight/schema';
import { invalid, refuseUnknown } from '../read/asked-site.js';
import { filtersOf, passes } from '../read/filters.js';
import { groupBy } from '../read/group-by.js';
import { readRaw } from '../read/raw.js';
import { spanOf, zoneOf } from '../read/time-range.js';
import type { RollupContext } from '../rollup/context.js';
import type { KnownSite } from '../site/sites.js';
import { funnelOf, wayOf } from './funnel-fold.js';
import { stepsOf } from './funnel-steps.js';
import { eventsOf } from './whole-session.js';

const PARAMETERS = new Set<string>(['site', 'from', 'to', 'timezone', 'steps', 'within', ...BREAKDOWNS]);
const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export async function answerFunnel(
  { events, rollups, countBots }: RollupContext,
  site: KnownSite,
  query: URLSearchParams,
): Promise<FunnelData> {
  refuseUnknown(query, PARAMETERS);
  const now = rollups.now();
  const calendar = zoneOf(query, site.timezone);
  const { from, to } = spanOf(query, calendar, now);
  const filters = filtersOf(query);
  const steps = stepsOf(query);
  const within = withinOf(query);
  const { batches, begins, notes } = await readRaw(events, site, { from, to, now });
  const counted = batches.filter(({ bot }) => countBots || !bot);
  const sessions = [...groupBy(counted, ({ session_id }) => session_id).values()].filter((session) =>
    passes(session, filters, calendar),
  );
  const isTaken = steps.map(({ isTakenBy }) => isTakenBy);
  const ways = sessions.map((session) =>
    wayOf(
      eventsOf(session).map(({ event }) => event),
      isTaken,
      within,
    ),
  );
  return {
    site: site.id,
    from: new Date(begins).toISOString(),
    to: new Date(to).toISOString(),
    within_ms: within ?? null,
    sessions: sessions.length,
    steps: funnelOf(steps, ways),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** Reads `?within=`, as ms. */
function withinOf(query: URLSearchParams): number | undefined {
  const said = query.get('within');
  if (said === null) return undefined;
  const [, amount, unit = ''] = /^([1-9]\d{0,4})([smhd])$/.exec(said) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined) throw invalid('within', 'must be a time as 90s, 30m, 2h or 1d');
  return Number(amount) * unitMs;
}
