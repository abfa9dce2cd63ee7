/** `GET /api/funnel`: how far sessions come on a way of steps, from raw events. */

import type { FunnelData } from '@liveinsight/schema';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { FILTER_PARAMETERS, parseFilters } from '../query/filters.js';
import { groupBy } from '../query/group-by.js';
import { passes } from '../query/raw-filters.js';
import { readRaw } from '../query/raw-range.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/ms.js';
import { matchFunnel, toFunnelSteps } from './funnel-matcher.js';
import { type FunnelStepQuery, parseSteps } from './funnel-steps.js';
import { toSessionEvents } from './session-loader.js';

const PARAMETERS = new Set<string>([
  'site',
  'from',
  'to',
  'timezone',
  'steps',
  'within',
  'step_within',
  ...FILTER_PARAMETERS,
]);
const UNIT_MS: Record<string, number> = { s: 1_000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

export async function getFunnel(
  { events, rollups, countBots }: RollupContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<FunnelData> {
  rejectUnknown(query, PARAMETERS);
  const now = rollups.now();
  const calendar = parseTimezone(query, site.timezone);
  const { from, to } = parseSpan(query, calendar, now);
  const filters = parseFilters(query);
  const steps = timedSteps(parseSteps(query), query);
  const within = parseWithin(query);
  const { batches, begins, notes } = await readRaw(events, site, { from, to, now });
  const counted = batches.filter(({ bot }) => countBots || !bot);
  const sessions = [...groupBy(counted, ({ session_id }) => session_id).values()].filter((session) =>
    passes(session, filters, calendar),
  );
  const matches = sessions.map((session) =>
    matchFunnel(
      toSessionEvents(session).map(({ event }) => event),
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
    steps: toFunnelSteps(steps, matches),
    ...toNoteFields(notes),
  };
}

/** Reads `?within=`, as ms. */
function parseWithin(query: URLSearchParams): number | undefined {
  const raw = query.get('within');
  if (raw === null) return undefined;
  const ms = parseDuration(raw);
  if (ms === undefined) throw invalid('within', 'must be a time as 90s, 30m, 2h or 1d');
  return ms;
}

/** Reads `?step_within=2:10m,3:90s`. */
function timedSteps(steps: FunnelStepQuery[], query: URLSearchParams): FunnelStepQuery[] {
  const raw = query.getAll('step_within').flatMap((times) => times.split(','));
  const timed = [...steps];
  for (const one of raw.filter((text) => text !== '')) {
    const [number = '', time = '', ...rest] = one.split(':');
    const index = /^\d{1,2}$/.test(number) ? Number(number) - 1 : 0;
    const step = steps[index];
    const withinMs = parseDuration(time);
    if (!step || index < 1 || withinMs === undefined || rest.length > 0) {
      throw invalid('step_within', `must be as 2:10m,3:90s, of steps 2 to ${steps.length}`);
    }
    timed[index] = { ...step, withinMs };
  }
  return timed;
}

function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(amount) * unitMs;
}
