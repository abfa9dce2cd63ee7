/** The steps of a funnel, as they are asked for and as events take them. Pure. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import { eventName } from '../events/dimensions.js';
import { namedPage, toPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';
import type { StoredEvent } from '../storage/event-store.js';
import type { StepMatcher } from './funnel-matcher.js';

const MIN_STEPS = 2;
const MAX_STEPS = 10;
const KINDS = ['page', 'event', 'conversion'] as const;
const FORMS = 'as page:/cart, page:/products/*, event:signup or conversion:purchase';

export interface FunnelStepQuery extends StepMatcher<StoredEvent> {
  /** As asked. */
  step: string;
}

/** Reads `?steps=page:/,page:/cart,conversion:purchase`, or a `steps` for each. */
export function parseSteps(query: URLSearchParams): FunnelStepQuery[] {
  const raw = query.getAll('steps').flatMap((steps) => steps.split(/,(?=(?:page|event|conversion):)/));
  if (raw.length < MIN_STEPS || raw.length > MAX_STEPS)
    throw invalid('steps', `must name ${MIN_STEPS} to ${MAX_STEPS} steps, ${FORMS}`);
  return raw.map(parseStep);
}

function parseStep(step: string): FunnelStepQuery {
  const colon = step.indexOf(':');
  const kind = KINDS.find((one) => one === step.slice(0, colon));
  const value = step.slice(colon + 1);
  if (!kind || value === '' || value.length > MAX_URL_CHARS)
    throw invalid('steps', `must each be ${FORMS}, of at most ${MAX_URL_CHARS} characters`);
  switch (kind) {
    case 'page':
      return { step, matches: matchesView(value) };
    case 'event':
      // As a saved funnel names events: by type, by a custom event's own name, or by what was converted to.
      return {
        step,
        matches: (event) =>
          eventName(event) === value ||
          (event.event_type === 'conversion' && event.conversion_type === value),
      };
    case 'conversion':
      return {
        step,
        matches: (event) => event.event_type === 'conversion' && event.conversion_type === value,
      };
  }
}

/** A star at the end stands for whatever follows. */
function matchesView(page: string): FunnelStepQuery['matches'] {
  const start = page.endsWith('*') ? namedPage(page.slice(0, -1)) : undefined;
  const exact = namedPage(page);
  return ({ event_type, page_url }) => {
    if (event_type !== 'page_view') return false;
    const viewed = toPage(page_url);
    return start === undefined ? viewed === exact : viewed.startsWith(start);
  };
}
