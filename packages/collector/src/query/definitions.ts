/** What people have defined for a site, as questions name it: read when a question does so. */
import type { GoalInput, PageGroupInput, SavedSegmentInput } from '@liveinsight/schema';
import { lazy } from '../cache/lazy.js';
import { ApiError } from '../errors.js';
import { createPageGroups, type ToPageGroup } from '../events/page-groups.js';
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
  /** The filters of a saved segment, as parameters of a question. */
  savedSegment(named: string): Promise<URLSearchParams>;
  /** The groups that the site's rules put pages in. */
  pageGroups(): Promise<ToPageGroup>;
  /** Whether there is a goal of that id or name. */
  hasGoal(named: string): Promise<boolean>;
}

export type ReadDefinitions = (site: string) => Definitions;

export const readDefinitions =
  (store: SettingsStore): ReadDefinitions =>
  (site) => {
    const readOnce = onceByKind((kind) => store.settings(site, kind));
    const readPageGroups = lazy(async () => {
      const rules = await readOnce('page_group');
      return createPageGroups(rules.map(({ body }): PageGroupInput => JSON.parse(body)));
    });
    return {
      pageGroups: readPageGroups,
      async hasGoal(named) {
        const goals = await readOnce('goal');
        return goals.some(({ id, body }) => id === named || readName(body) === named);
      },
      async goal(named, parameter) {
        const { id, body } = find(await readOnce('goal'), named, parameter, ['goal', '/api/goals']);
        const input: GoalInput = JSON.parse(body);
        const groups = input.page_group === undefined ? undefined : await readPageGroups();
        return usable(() => toGoal(id, input, groups), `goal "${named}"`, parameter);
      },
      async savedSegment(named) {
        const kind = ['segment', '/api/segments'] as const;
        const { body } = find(await readOnce('saved_segment'), named, 'segment', kind);
        return toFilterParameters(JSON.parse(body));
      },
    };

    /** By its id, or its name where no other has the same. */
    function find(
      settings: Setting[],
      named: string,
      parameter: string,
      [kind, path]: readonly [string, string],
    ): Setting {
      const byName = settings.filter(({ body }) => readName(body) === named);
      const byId = settings.find(({ id }) => id === named);
      const found = byId ?? byName[0];
      const shown = named.slice(0, MAX_SHOWN_CHARS);
      if (!found)
        throw invalid(
          parameter,
          `names a ${kind} that site ${site} does not have, or not any more: "${shown}" (GET ${path} lists them)`,
        );
      if (!byId && byName.length > 1)
        throw invalid(parameter, `names one of ${byName.length} ${kind}s called "${shown}": give its id`);
      return found;
    }
  };

const readName = (body: string): string => JSON.parse(body).name;

/** The filters of a saved segment as a question has them. */
export function toFilterParameters({ filters }: Pick<SavedSegmentInput, 'filters'>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(filters))
    for (const value of [values].flat()) parameters.append(name, value);
  return parameters;
}

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
