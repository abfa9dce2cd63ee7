/** The steps of a funnel, as they are asked for and as events take them. Pure. */
import { invalid } from '../http/query-params.js';
import type { Definitions } from '../query/definitions.js';
import { type EventStep, parseStep, STEP_FORMS } from '../query/event-step.js';

const MIN_STEPS = 2;
const MAX_STEPS = 10;

export interface FunnelStepQuery extends EventStep {
  /** How long after the step before it may be taken, in ms. Default: any time. */
  withinMs?: number;
}

/** Reads `?steps=page:/,page:/cart,conversion:purchase`, or a `steps` for each. */
export async function parseSteps(
  query: URLSearchParams,
  definitions: Pick<Definitions, 'goal'>,
): Promise<FunnelStepQuery[]> {
  const raw = query.getAll('steps').flatMap((steps) => steps.split(/,(?=(?:page|event|conversion|goal):)/));
  if (raw.length < MIN_STEPS || raw.length > MAX_STEPS)
    throw invalid('steps', `must name ${MIN_STEPS} to ${MAX_STEPS} steps, ${STEP_FORMS}`);
  return Promise.all(raw.map((step) => parseStep(step, definitions)));
}
