/** What questions name without a goal that is saved: a page, an event, a type of conversion. Pure. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import type { EventRule } from '../engine/condition.js';
import { namedPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from './definitions.js';
import { isView, matchesEvent } from './goal.js';

const KINDS = ['page', 'event', 'conversion', 'goal'] as const;
/** How steps are written. */
export const STEP_FORMS = 'as page:/cart, page:/products/*, event:signup, conversion:purchase or goal:<id>';

export interface EventStep {
  /** As asked. */
  step: string;
  /** The events that take it. */
  rule: EventRule;
}

/** Reads a step of a parameter: `page:/cart`, `event:signup`, `conversion:purchase` or `goal:<id>`. */
export async function parseStep(
  step: string,
  definitions: Pick<Definitions, 'goal'>,
  parameter = 'steps',
): Promise<EventStep> {
  const colon = step.indexOf(':');
  const kind = KINDS.find((one) => one === step.slice(0, colon));
  const value = step.slice(colon + 1);
  if (!kind || value === '' || value.length > MAX_URL_CHARS)
    throw invalid(parameter, `must be ${STEP_FORMS}, of at most ${MAX_URL_CHARS} characters`);
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
