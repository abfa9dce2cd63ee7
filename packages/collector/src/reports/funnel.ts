/** `GET /api/funnel`: how far sessions come on a way of steps, from raw events. */
import { BREAKDOWNS, type FunnelData } from '@liveinsight/schema';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { tellNotes } from '../notes.js';
import { filtersOf, passes } from '../query/filters.js';
import { groupBy } from '../query/group-by.js';
import { readRaw } from '../query/raw-range.js';
import { spanOf, zoneOf } from '../query/time-range.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { funnelOf, matchFunnel } from './funnel-matcher.js';
import { type FunnelStepAsked, stepsOf } from './funnel-steps.js';
import { eventsOf } from './session-loader.js';

const PARAMETERS = new Set<string>([
  'site',
  'from',
  'to',
  'timezone',
  'steps',
  'within',
  'step_within',
  ...BREAKDOWNS,
]);
const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export async function getFunnel(
  { events, rollups, countBots }: RollupContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<FunnelData> {
  rejectUnknown(query, PARAMETERS);
  const now = rollups.now();
  const calendar = zoneOf(query, site.timezone);
  const { from, to } = spanOf(query, calendar, now);
  const filters = filtersOf(query);
  const steps = timedSteps(stepsOf(query), query);
  const within = withinOf(query);
  const { batches, begins, notes } = await readRaw(events, site, { from, to, now });
  const counted = batches.filter(({ bot }) => countBots || !bot);
  const sessions = [...groupBy(counted, ({ session_id }) => session_id).values()].filter((session) =>
    passes(session, filters, calendar),
  );
  const ways = sessions.map((session) =>
    matchFunnel(
      eventsOf(session).map(({ event }) => event),
      steps,
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
    ...tellNotes(notes),
  };
}

/** Reads `?within=`, as ms. */
function withinOf(query: URLSearchParams): number | undefined {
  const said = query.get('within');
  if (said === null) return undefined;
  const ms = durationOf(said);
  if (ms === undefined) throw invalid('within', 'must be a time as 90s, 30m, 2h or 1d');
  return ms;
}

/** Reads `?step_within=2:10m,3:90s`. */
function timedSteps(steps: FunnelStepAsked[], query: URLSearchParams): FunnelStepAsked[] {
  const said = query.getAll('step_within').flatMap((times) => times.split(','));
  const timed = [...steps];
  for (const one of said.filter((text) => text !== '')) {
    const [number = '', time = '', ...rest] = one.split(':');
    const at = /^\d{1,2}$/.test(number) ? Number(number) - 1 : 0;
    const step = steps[at];
    const withinMs = durationOf(time);
    if (!step || at < 1 || withinMs === undefined || rest.length > 0) {
      throw invalid('step_within', `must be as 2:10m,3:90s, of steps 2 to ${steps.length}`);
    }
    timed[at] = { ...step, withinMs };
  }
  return timed;
}

function durationOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(amount) * unitMs;
}
