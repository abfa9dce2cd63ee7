/** What a report counts as reaching a goal. */
import type { EventRule } from '../engine/condition.js';
import type { Worth } from '../engine/goal-worth.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from '../query/definitions.js';
import { parseStep } from '../query/event-step.js';

/** As ids of settings are made: twelve characters, hardly ever without capitals or small letters. */
const MADE_ID = /^(?=.*[A-Z])(?=.*[a-z])[\w-]{12}$/;

/** The events that a report measures, and what they are worth. */
export interface MeasuredGoal {
  rule: EventRule;
  worth: Worth;
}

/** Reads `?goal=`: a goal by its id or name, a step of a funnel, or the name of an event or type of conversion. */
export async function readGoal(query: URLSearchParams, definitions: Definitions): Promise<MeasuredGoal> {
  const [raw = '', ...others] = query.getAll('goal').filter((value) => !value.startsWith('!'));
  if (raw === '' || others.length > 0)
    throw invalid('goal', 'must be given once, as purchase, event:signup, page:/thanks or the id of a goal');
  if (raw.startsWith(GOAL_STEP)) return definitions.goal(raw.slice(GOAL_STEP.length), 'goal');
  if (raw.includes(':')) return toMeasured(await parseStep(raw, definitions, 'goal'));
  // One that was deleted is none that nobody reached.
  if (MADE_ID.test(raw) || (await definitions.hasGoal(raw))) return definitions.goal(raw, 'goal');
  return toMeasured(await parseStep(`event:${raw}`, definitions, 'goal'));
}

const GOAL_STEP = 'goal:';

const toMeasured = ({ rule }: { rule: EventRule }): MeasuredGoal => ({ rule, worth: { kind: 'own' } });
