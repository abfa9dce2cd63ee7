/** All that a question is restricted to: filters, and what people have defined for the site. */
import { type Condition, type ConditionLevel, isOfField } from '../engine/condition.js';
import type { MeasuredGoal } from '../engine/goal-numbers.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from './definitions.js';
import { parseStep } from './event-step.js';
import { checkCount, parseFilterLevel, parseFilters, splitValues } from './filters.js';

const MAX_SEGMENTS = 10;

export interface Filters {
  conditions: Condition[];
  level: ConditionLevel;
}

/** @param measures whether the question measures a goal: then `goal` names it, and is a filter with `!` alone */
export async function readFilters(
  definitions: Definitions,
  query: URLSearchParams,
  { measures = false }: { measures?: boolean } = {},
): Promise<Filters> {
  const level = parseFilterLevel(query);
  const goals = query.getAll('goal').filter((value) => !measures || value.startsWith('!'));
  const conditions = [
    ...(await readSaved(definitions, query)),
    ...(await readReached(definitions, 'goal', goals)),
    ...(await readSegments(definitions, query.getAll('segment'))),
  ];
  checkCount(conditions);
  if (level === 'event' && conditions.some((one) => isOfField(one) && one.field === 'exit_page'))
    throw invalid(
      'segment',
      'has exit_page, which is of sessions: it can’t be a filter with filter_by=event',
    );
  return { conditions, level };
}

/** What a saved segment can have. */
export async function readSaved(definitions: Definitions, query: URLSearchParams): Promise<Condition[]> {
  const toPageGroup = query.has('page_group') ? await definitions.pageGroups() : undefined;
  return [
    ...parseFilters(query, toPageGroup),
    ...(await readReached(definitions, 'reached', query.getAll('reached'))),
  ];
}

/** The filters of all of them. */
async function readSegments(definitions: Definitions, names: readonly string[]): Promise<Condition[]> {
  if (names.some((name) => name.startsWith('!')))
    throw invalid('segment', 'can’t be excluded: give its filters with ! instead');
  if (names.length > MAX_SEGMENTS) throw invalid('segment', `must be given at most ${MAX_SEGMENTS} times`);
  const segments = await Promise.all(names.map((name) => definitions.savedSegment(name)));
  return (await Promise.all(segments.map((filters) => readSaved(definitions, filters)))).flat();
}

async function readReached(
  definitions: Definitions,
  parameter: string,
  raw: readonly string[],
): Promise<Condition[]> {
  const { included, excluded } = splitValues(parameter, raw);
  const read = async (names: string[], not: boolean): Promise<Condition[]> => {
    if (names.length === 0) return [];
    const goals = await Promise.all(names.map((name) => definitions.goal(name, parameter)));
    return [{ rules: goals.map(({ rule }) => rule), not }];
  };
  return [...(await read(included, false)), ...(await read(excluded, true))];
}

/** The goal that a question measures, or a step as `event:signup`; undefined where it names none. */
export async function readMeasuredGoal(
  definitions: Definitions,
  query: URLSearchParams,
): Promise<MeasuredGoal | undefined> {
  const [named, ...others] = query.getAll('goal').filter((value) => !value.startsWith('!'));
  if (others.length > 0) throw invalid('goal', 'must be given once: the goal that conversions are of');
  if (named === undefined) return undefined;
  if (!STEP.test(named) || (await definitions.hasGoal(named))) return definitions.goal(named, 'goal');
  const { rule } = await parseStep(named, definitions, 'goal');
  return { rule, worth: { kind: 'own' } };
}

/** A goal's id or name can't be told from these by its form, but is looked for first. */
const STEP = /^(page|event|conversion):./s;
