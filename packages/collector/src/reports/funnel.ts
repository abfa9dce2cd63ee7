/** `GET /api/funnel`: how far sessions come on a way of steps. */

import type { FunnelData, FunnelStep } from '@liveinsight/schema';
import { SAMPLE_GROUPS } from '../engine/sample.js';
import { getFunnelGroups, type StepEvent, StepEvents } from '../engine/step-events.js';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import type { QueryContext } from '../query/query-context.js';
import { readFilters } from '../query/read-filters.js';
import { type ReportSample, readSampled } from '../query/read-sampled.js';
import { getStandardErrors } from '../query/standard-errors.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/ms.js';
import { matchFunnel, toFunnelSteps } from './funnel-matcher.js';
import { type FunnelStepQuery, parseSteps } from './funnel-steps.js';

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
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<FunnelData> {
  rejectUnknown(query, PARAMETERS);
  const calendar = parseTimezone(query, site.timezone);
  const { from, to } = parseSpan(query, calendar, context.rollups.now());
  const definitions = context.definitions(site.id);
  const steps = timedSteps(await parseSteps(query, definitions), query);
  const plan = {
    ...{ from, to, calendar },
    ...(await readFilters(definitions, query)),
    rules: steps.map(({ rule }) => rule),
  };
  const within = parseWithin(query);
  const { scan, known, sample, notes } = await readSampled(
    context,
    site,
    plan,
    getFunnelGroups,
    () => new StepEvents(plan.rules),
  );
  const matchers = steps.map(({ withinMs }, index) => ({
    matches: (event: StepEvent) => (event.steps & (1 << index)) !== 0,
    ...(withinMs === undefined ? {} : { withinMs }),
  }));
  const match = (group?: number) =>
    Array.from(scan.bySession(group), (events) => matchFunnel(events, matchers, within));
  const weight = 1 / (sample?.share ?? 1);
  return {
    site: site.id,
    from: new Date(known.from).toISOString(),
    to: new Date(to).toISOString(),
    within_ms: within ?? null,
    sessions: Math.round(weight * scan.sessions),
    ...(sample
      ? { sample, steps: toSampledSteps(steps, match, sample) }
      : { steps: toFunnelSteps(steps, match()) }),
    ...toNoteFields(notes),
  };
}

function toSampledSteps(
  steps: readonly FunnelStepQuery[],
  match: (group?: number) => number[][],
  { share }: ReportSample,
): FunnelStep[] {
  const byGroup = Array.from({ length: SAMPLE_GROUPS }, (_, group) => match(group));
  const ofGroups = byGroup.map((ways) =>
    toFunnelSteps(steps, ways, SAMPLE_GROUPS / share).map(withoutRatios),
  );
  return toFunnelSteps(steps, byGroup.flat(), 1 / share).map((step, index) => ({
    ...step,
    standard_errors: getStandardErrors(
      step,
      ofGroups.map((group) => group[index]),
      share,
    ),
  }));
}

/** Where no session came to the step before, a group says nothing of how many go on. */
function withoutRatios({ from_previous, from_first, ...step }: FunnelStep): Partial<FunnelStep> {
  const came = step.sessions + step.dropped > 0;
  return { ...step, ...(came ? { from_previous, from_first } : {}) };
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
