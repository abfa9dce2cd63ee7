/** All that a question is restricted to: filters, and what people have defined for the site. */
import type { Condition, ConditionLevel } from '../engine/condition.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from './definitions.js';
import { checkCount, parseFilterLevel, parseFilters, splitValues } from './filters.js';

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
    ...parseFilters(query),
    ...(await readReached(definitions, 'reached', query.getAll('reached'))),
    ...(await readReached(definitions, 'goal', goals)),
  ];
  checkCount(conditions);
  return { conditions, level };
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

/** The goal that a question measures; undefined where it names none. */
export async function readMeasuredGoal(definitions: Definitions, query: URLSearchParams) {
  const [named, ...others] = query.getAll('goal').filter((value) => !value.startsWith('!'));
  if (others.length > 0) throw invalid('goal', 'must be given once: the goal that conversions are of');
  return named === undefined ? undefined : definitions.goal(named, 'goal');
}
