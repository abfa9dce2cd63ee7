/** What a report counts as reaching a goal. Pure. */
import type { StepRule } from '../engine/step-events.js';
import { invalid } from '../http/query-params.js';
import { parseStep } from './funnel-steps.js';

/** Reads `?goal=`: a step of a funnel, or the name of an event or type of conversion. */
export function parseGoal(query: URLSearchParams): StepRule {
  const raw = query.get('goal') ?? '';
  if (raw === '') throw invalid('goal', 'must be given, as purchase, event:signup or page:/thanks');
  return parseStep(raw.includes(':') ? raw : `event:${raw}`, 'goal');
}
