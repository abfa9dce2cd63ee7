/** What a report counts as reaching a goal. */
import type { EventRule } from '../engine/condition.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from '../query/definitions.js';
import { parseStep } from './funnel-steps.js';

/** As ids of settings are made: twelve characters, hardly ever without capitals or small letters. */
const MADE_ID = /^(?=.*[A-Z])(?=.*[a-z])[\w-]{12}$/;

/** Reads `?goal=`: a goal by its id or name, a step of a funnel, or the name of an event or type of conversion. */
export async function parseGoal(query: URLSearchParams, definitions: Definitions): Promise<EventRule> {
  const [raw = '', ...others] = query.getAll('goal').filter((value) => !value.startsWith('!'));
  if (raw === '' || others.length > 0)
    throw invalid('goal', 'must be given once, as purchase, event:signup, page:/thanks or the id of a goal');
  if (raw.includes(':')) return (await parseStep(raw, definitions, 'goal')).rule;
  // One that was deleted is none that nobody reached.
  if (MADE_ID.test(raw) || (await definitions.hasGoal(raw)))
    return (await definitions.goal(raw, 'goal')).rule;
  return (await parseStep(`event:${raw}`, definitions, 'goal')).rule;
}
