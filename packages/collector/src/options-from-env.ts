/** A collector's options from environment variables, as deployments set them. */

import { OptionsError } from './errors.js';
import type { CommonOptions } from './options.js';
import { type SiteJson, siteFromJson } from './sites/site-json.js';
import { jsonProblems, type OptionNames } from './validate-options.js';
import { isObject, unknownName } from './validation/closed.js';

type Environment = Record<string, string | undefined>;

const VARIABLES = {
  secret: 'LIVEINSIGHT_SECRET',
  sites: 'LIVEINSIGHT_SITES',
  defaultSite: 'LIVEINSIGHT_DEFAULT_SITE',
  readKeys: 'LIVEINSIGHT_READ_KEYS',
  adminKeys: 'LIVEINSIGHT_ADMIN_KEYS',
} as const satisfies OptionNames;

/** Read by the functions of a deployment on AWS, and by the command line. */
const OF_OTHERS = [
  'LIVEINSIGHT_SECRET_ID',
  'LIVEINSIGHT_READ_KEYS_ID',
  'LIVEINSIGHT_ADMIN_KEYS_ID',
  'LIVEINSIGHT_ORIGIN_ID',
  'LIVEINSIGHT_ENVIRONMENT',
  'LIVEINSIGHT_CONFIG',
];
const KNOWN: string[] = [...Object.values(VARIABLES), ...OF_OTHERS];

/**
 * Reads `LIVEINSIGHT_SITES` (JSON list of sites or ids), `LIVEINSIGHT_DEFAULT_SITE`, `LIVEINSIGHT_READ_KEYS` (JSON list
 * or keys by comma), `LIVEINSIGHT_ADMIN_KEYS` (the same form), `LIVEINSIGHT_SECRET` and `ENVIRONMENT`. Other variables that
 * begin with `LIVEINSIGHT_` are refused.
 * @throws OptionsError that names every variable that is wrong
 */
export function optionsFromEnvironment(env: Environment): CommonOptions {
  const problems = unknownVariables(env);
  const secret = env[VARIABLES.secret];
  if (!secret) problems.push('LIVEINSIGHT_SECRET must be set: at least 16 random characters, kept for ever');
  const defaultSite = env[VARIABLES.defaultSite];
  const lists = {
    sites: sitesFrom(env[VARIABLES.sites], defaultSite, problems),
    readKeys: listFrom(VARIABLES.readKeys, env[VARIABLES.readKeys], problems),
    adminKeys: listFrom(VARIABLES.adminKeys, env[VARIABLES.adminKeys], problems),
  };
  // What each must be is checked below; nothing is returned where that is not so.
  const options = {
    secret: secret ?? '',
    ...lists,
    ...(defaultSite ? { defaultSite } : {}),
    // A Lambda is frozen between requests: a scheduled one rolls up instead of a timer.
    ...(env.AWS_LAMBDA_FUNCTION_NAME ? { rollUpEverySeconds: 0 } : {}),
    ...(env.ENVIRONMENT ? { environment: env.ENVIRONMENT } : {}),
  } as Omit<CommonOptions, 'sites'> & { sites: SiteJson[] };
  // What is not set, or can't be read at all, has been told.
  const reported = problems.map((problem) => problem.split(' ', 1)[0]);
  const others = jsonProblems(options, VARIABLES).filter(
    (problem) => !reported.includes(problem.split(' ', 1)[0]),
  );
  if (problems.length + others.length > 0) throw new OptionsError([...problems, ...others].join('; '));
  return { ...options, sites: options.sites.map(siteFromJson) };
}

/** The first key that opens statistics; undefined where there is none. What is wrong with the variables is ignored. */
export function readKeyFromEnvironment(env: Environment): string | undefined {
  const entries = [VARIABLES.readKeys, VARIABLES.adminKeys].flatMap(
    (variable) => listFrom(variable, env[variable], []) ?? [],
  );
  return entries
    .map((entry) => (isObject(entry) ? entry.key : entry))
    .find((key): key is string => typeof key === 'string');
}

function unknownVariables(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('LIVEINSIGHT_') && !KNOWN.includes(name))
    .map((name) => unknownName('variable', name, KNOWN, ''));
}

function sitesFrom(
  text: string | undefined,
  defaultSite: string | undefined,
  problems: string[],
): unknown[] | undefined {
  if (!text) {
    if (defaultSite) return [{ id: defaultSite }];
    problems.push(
      'LIVEINSIGHT_SITES must be set: a JSON list, as [{"id":"shop","origins":["https://shop.example"]}]',
    );
    return undefined;
  }
  return listFrom(VARIABLES.sites, text, problems)?.map((site) =>
    typeof site === 'string' ? { id: site } : site,
  );
}

/** Of a JSON list, or of texts by comma; undefined where it is neither, which is added to the problems. */
function listFrom(variable: string, text = '', problems: string[]): unknown[] | undefined {
  const trimmed = text.trim();
  if (!/^[[{"]/.test(trimmed)) {
    return trimmed
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }
  try {
    const list: unknown = JSON.parse(trimmed);
    if (Array.isArray(list)) return list;
    problems.push(`${variable} must be a JSON list, or values by comma`);
  } catch (error) {
    problems.push(`${variable} must be a JSON list: ${error instanceof Error ? error.message : error}`);
  }
  return undefined;
}
