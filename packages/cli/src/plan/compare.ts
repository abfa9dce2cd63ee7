/** Compares code, tracking plan and traffic. */
import {
  EVENT_TYPES,
  findPlanDifferences,
  type PlanDifferenceCode,
  RESERVED_CUSTOM_NAMES,
  type TrackingPlan,
} from '@liveinsight/schema';
import { findCalls, findPlannedLine, type TrackCall } from './find-calls.js';
import type { LoadedPlan } from './load-plan.js';
import type { Source } from './read-sources.js';
import type { Traffic } from './traffic.js';

export interface Difference {
  source: 'code' | 'plan' | 'traffic';
  code: PlanDifferenceCode | 'never_tracked';
  event: string;
  property?: string;
  message: string;
  file?: string;
  line?: number;
  /** Events that were received so. */
  count?: number;
}

export interface Comparison {
  differences: Difference[];
  /** What could not be compared, or is no fault. */
  notes: string[];
}

type Kind = keyof TrackingPlan;
const KINDS: readonly Kind[] = ['events', 'conversions'];
const AUTOMATIC = new Set<string>([...EVENT_TYPES, ...RESERVED_CUSTOM_NAMES]);

export async function compare(
  { plan, file, text }: LoadedPlan,
  sources: readonly Source[],
  traffic: Traffic | undefined,
): Promise<Comparison> {
  const differences: Difference[] = [];
  const notes: string[] = [];
  const tracked = { events: new Set<string>(), conversions: new Set<string>() };

  for (const source of sources) {
    if (source.file === file) continue;
    for (const call of callsIn(source, notes)) {
      const where = { file: source.file, line: call.line };
      if (call.name === undefined) {
        notes.push(`${source.file}:${call.line} computes the name of its event: it is not checked`);
        continue;
      }
      tracked[call.kind].add(call.name);
      differences.push(...ofCall(plan, call, call.name).map((found) => ({ ...found, ...where })));
    }
  }
  for (const kind of KINDS)
    for (const event of Object.keys(plan[kind] ?? {})) {
      if (tracked[kind].has(event)) {
        if (traffic && !traffic[kind].some(({ name }) => name === event))
          notes.push(`${event} is tracked by the code, but none was received`);
        continue;
      }
      // Another application may track it.
      if (traffic?.[kind].some(({ name }) => name === event)) continue;
      const line = findPlannedLine(text, event);
      const message = `is in the plan, but ${traffic ? 'neither in the code nor received' : 'not in the code'}`;
      differences.push({
        ...{ source: 'plan', code: 'never_tracked', event, message, file },
        ...(line === undefined ? {} : { line }),
      });
    }
  if (traffic) {
    differences.push(...(await ofTraffic(plan, traffic)));
    if (traffic.isCut) notes.push('more names were received than are listed: some are not checked');
  }
  return { differences, notes };
}

function callsIn({ file, text }: Source, notes: string[]): TrackCall[] {
  if (!/track|conversion/.test(text)) return [];
  try {
    return findCalls(file, text);
  } catch (error) {
    notes.push(`${file} cannot be parsed: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function ofCall(plan: TrackingPlan, call: TrackCall, event: string): Difference[] {
  return findPlanDifferences(plan, call.kind, event, call.props)
    .filter(({ code, property = '' }) => {
      if (code === 'missing_property') return !call.hasMore;
      return code !== 'wrong_value' || !call.computed.has(property);
    })
    .map((found) => ({ source: 'code' as const, ...found }));
}

async function ofTraffic(plan: TrackingPlan, traffic: Traffic): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const kind of KINDS)
    for (const { name, count } of traffic[kind]) {
      if (AUTOMATIC.has(name) && kind === 'events') continue;
      const [difference] = findPlanDifferences(plan, kind, name).filter(
        ({ code }) => code === 'unknown_event',
      );
      if (difference) found.push({ source: 'traffic', ...difference, count });
    }
  for (const [event, { props = {} }] of Object.entries(plan.events)) {
    if (!traffic.events.some(({ name }) => name === event)) continue;
    const planned = Object.keys(props);
    for (const { name, count } of await traffic.properties(event)) {
      // Members of an object are listed as `cart.total`.
      if (planned.some((key) => name === key || name.startsWith(`${key}.`))) continue;
      const message = `property ${JSON.stringify(name)} is not in the plan`;
      found.push({ source: 'traffic', code: 'unknown_property', event, property: name, message, count });
    }
  }
  for (const { code, event, property, message, count } of traffic.differences) {
    // Names are compared with this plan above: the collector's may be an older one.
    if (property === undefined || (code !== 'missing_property' && code !== 'wrong_value')) continue;
    if (KINDS.some((kind) => plan[kind]?.[event]?.props?.[property]))
      found.push({ source: 'traffic', code, event, property, message, count });
  }
  return found;
}
