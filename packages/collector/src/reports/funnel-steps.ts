/** The steps of a funnel, as they are asked for and as events take them. Pure. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import type { EventRule } from '../engine/condition.js';
import { namedPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from '../query/definitions.js';
import { isView, matchesEvent } from '../query/goal.js';

const MIN_STEPS = 2;
const MAX_STEPS = 10;
const KINDS = ['page', 'event', 'conversion', 'goal'] as const;
const FORMS = 'as page:/cart, page:/products/*, event:signup, conversion:purchase or goal:<id>';

export interface FunnelStepQuery {
  /** As asked. */
  step: string;
  /** The events that take it. */
  rule: EventRule;
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
    throw invalid('steps', `must name ${MIN_STEPS} to ${MAX_STEPS} steps, ${FORMS}`);
  return Promise.all(raw.map((step) => parseStep(step, definitions)));
}

/** Reads a step of a parameter: `page:/cart`, `event:signup`, `conversion:purchase` or `goal:<id>`. */
export async function parseStep(
  step: string,
  definitions: Pick<Definitions, 'goal'>,
  parameter = 'steps',
): Promise<FunnelStepQuery> {
  const colon = step.indexOf(':');
  const kind = KINDS.find((one) => one === step.slice(0, colon));
  const value = step.slice(colon + 1);
  if (!kind || value === '' || value.length > MAX_URL_CHARS)
    throw invalid(parameter, `must be ${FORMS}, of at most ${MAX_URL_CHARS} characters`);
  switch (kind) {
    case 'page':
      return { step, rule: { matchesKind: isView, matchesPage: matchesPage(value) } };
    case 'event':
      return { step, rule: { matchesKind: matchesEvent((name) => name === value) } };
    case 'conversion':
      return { step, rule: { matchesKind: ({ conversionType }) => conversionType === value } };
    case 'goal':
      return { step, rule: (await definitions.goal(value, parameter)).rule };
  }
}

/** A star at the end stands for whatever follows. */
function matchesPage(page: string): (viewed: string) => boolean {
  const start = page.endsWith('*') ? namedPage(page.slice(0, -1)) : undefined;
  const exact = namedPage(page);
  return (viewed) => (start === undefined ? viewed === exact : viewed.startsWith(start));
}
