/** What people have defined for a site, as questions name it: read when a question does so. */
import type { GoalInput } from '@liveinsight/schema';
import { ApiError } from '../errors.js';
import { invalid } from '../http/query-params.js';
import type { Setting, SettingKind, SettingsStore } from '../storage/settings-store.js';
import { type Goal, toGoal } from './goal.js';

const MAX_SHOWN_CHARS = 64;

export interface Definitions {
  /**
   * @param named id of a goal, or its name where no other goal has the same
   * @param parameter that names it
   */
  goal(named: string, parameter: string): Promise<Goal>;
  /** Whether there is a goal of that id or name. */
  hasGoal(named: string): Promise<boolean>;
}

export type ReadDefinitions = (site: string) => Definitions;

export const readDefinitions =
  (store: SettingsStore): ReadDefinitions =>
  (site) => {
    const readOnce = onceByKind((kind) => store.settings(site, kind));
    const readGoals = async () =>
      (await readOnce('goal')).map(({ id, body }) => ({ id, input: JSON.parse(body) as GoalInput }));
    return {
      async hasGoal(named) {
        return (await readGoals()).some(({ id, input }) => id === named || input.name === named);
      },
      async goal(named, parameter) {
        const goals = await readGoals();
        const byName = goals.filter(({ input }) => input.name === named);
        const found = goals.find(({ id }) => id === named) ?? byName[0];
        const shown = named.slice(0, MAX_SHOWN_CHARS);
        if (!found)
          throw invalid(
            parameter,
            `names a goal that site ${site} does not have, or not any more: "${shown}" (GET /api/goals lists them)`,
          );
        if (byName.length > 1 && found.id !== named)
          throw invalid(parameter, `names one of ${byName.length} goals called "${shown}": give its id`);
        return usable(() => toGoal(found.id, found.input), `goal "${shown}"`, parameter);
      },
    };
  };

/** A definition that an older version has stored may not be one any more. */
function usable<Definition>(parse: () => Definition, what: string, parameter: string): Definition {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ApiError) throw invalid(parameter, `can’t use the ${what}: ${error.message}`);
    throw error;
  }
}

function onceByKind(
  read: (kind: SettingKind) => Promise<Setting[]>,
): (kind: SettingKind) => Promise<Setting[]> {
  const reads = new Map<SettingKind, Promise<Setting[]>>();
  return (kind) => {
    const reading = reads.get(kind) ?? read(kind);
    reads.set(kind, reading);
    return reading;
  };
}
