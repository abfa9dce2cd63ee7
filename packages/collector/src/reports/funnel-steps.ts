/** The steps of a funnel, as they are asked for and as events take them. Pure. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import type { StepRule } from '../engine/step-events.js';
import { namedPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';

const MIN_STEPS = 2;
const MAX_STEPS = 10;
const KINDS = ['page', 'event', 'conversion'] as const;
const FORMS = 'as page:/cart, page:/products/*, event:signup or conversion:purchase';

export interface FunnelStepQuery extends StepRule {
  /** As asked. */
  step: string;
  /** How long after the step before it may be taken, in ms. Default: any time. */
  withinMs?: number;
}

/** Reads `?steps=page:/,page:/cart,conversion:purchase`, or a `steps` for each. */
export function parseSteps(query: URLSearchParams): FunnelStepQuery[] {
  const raw = query.getAll('steps').flatMap((steps) => steps.split(/,(?=(?:page|event|conversion):)/));
  if (raw.length < MIN_STEPS || raw.length > MAX_STEPS)
    throw invalid('steps', `must name ${MIN_STEPS} to ${MAX_STEPS} steps, ${FORMS}`);
  return raw.map((step) => parseStep(step));
}

/** Reads a step of a parameter: `page:/cart`, `event:signup` or `conversion:purchase`. */
export function parseStep(step: string, parameter = 'steps'): FunnelStepQuery {
  const colon = step.indexOf(':');
  const kind = KINDS.find((one) => one === step.slice(0, colon));
  const value = step.slice(colon + 1);
  if (!kind || value === '' || value.length > MAX_URL_CHARS)
    throw invalid(parameter, `must be ${FORMS}, of at most ${MAX_URL_CHARS} characters`);
  switch (kind) {
    case 'page':
      return { step, matchesPage: matchesPage(value) };
    case 'event':
      // As a saved funnel names events: by type, by a custom event's own name, or by what was converted to.
      return { step, matchesKind: ({ name, conversionType }) => name === value || conversionType === value };
    case 'conversion':
      return { step, matchesKind: ({ conversionType }) => conversionType === value };
  }
}

/** A star at the end stands for whatever follows. */
function matchesPage(page: string): (viewed: string) => boolean {
  const start = page.endsWith('*') ? namedPage(page.slice(0, -1)) : undefined;
  const exact = namedPage(page);
  return (viewed) => (start === undefined ? viewed === exact : viewed.startsWith(start));
}
