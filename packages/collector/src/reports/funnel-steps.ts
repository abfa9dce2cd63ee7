/** The steps of a funnel, as they are asked for and as events take them. Pure. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import { eventName } from '../events/dimensions.js';
import { namedPage, pageOf } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';
import type { StoredEvent } from '../storage/event-store.js';
import type { StepMatcher } from './funnel-matcher.js';

const MIN_STEPS = 2;
const MAX_STEPS = 10;
const KINDS = ['page', 'event', 'conversion'] as const;
const FORMS = 'as page:/cart, page:/products/*, event:signup or conversion:purchase';

export interface FunnelStepAsked extends StepMatcher<StoredEvent> {
  /** As asked. */
  step: string;
}

/** Reads `?steps=page:/,page:/cart,conversion:purchase`, or a `steps` for each. */
export function stepsOf(query: URLSearchParams): FunnelStepAsked[] {
  const said = query.getAll('steps').flatMap((steps) => steps.split(/,(?=(?:page|event|conversion):)/));
  if (said.length < MIN_STEPS || said.length > MAX_STEPS)
    throw invalid('steps', `must name ${MIN_STEPS} to ${MAX_STEPS} steps, ${FORMS}`);
  return said.map(stepOf);
}

function stepOf(step: string): FunnelStepAsked {
  const colon = step.indexOf(':');
  const kind = KINDS.find((one) => one === step.slice(0, colon));
  const value = step.slice(colon + 1);
  if (!kind || value === '' || value.length > MAX_URL_CHARS)
    throw invalid('steps', `must each be ${FORMS}, of at most ${MAX_URL_CHARS} characters`);
  switch (kind) {
    case 'page':
      return { step, isTakenBy: viewOf(value) };
    case 'event':
      // As a saved funnel names events: by type, by a custom event's own name, or by what was converted to.
      return {
        step,
        isTakenBy: (event) =>
          eventName(event) === value ||
          (event.event_type === 'conversion' && event.conversion_type === value),
      };
    case 'conversion':
      return {
        step,
        isTakenBy: (event) => event.event_type === 'conversion' && event.conversion_type === value,
      };
  }
}

/** A star at the end stands for whatever follows. */
function viewOf(page: string): FunnelStepAsked['isTakenBy'] {
  const start = page.endsWith('*') ? namedPage(page.slice(0, -1)) : undefined;
  const whole = namedPage(page);
  return ({ event_type, page_url }) => {
    if (event_type !== 'page_view') return false;
    const viewed = pageOf(page_url);
    return start === undefined ? viewed === whole : viewed.startsWith(start);
  };
}
