/** A collector's options from environment variables, as deployments set them. */
import { optionProblems } from './check-options.js';
import { OptionsError } from './errors.js';
import type { CollectorOptions, ReadKey, Site } from './options.js';

type Environment = Record<string, string | undefined>;

/**
 * Reads `LIVEINSIGHT_SITES` (JSON list of sites or ids), `LIVEINSIGHT_DEFAULT_SITE`, `LIVEINSIGHT_READ_KEYS` (JSON list
 * or keys by comma), `LIVEINSIGHT_ADMIN_KEYS` (likewise), `LIVEINSIGHT_SECRET` and `ENVIRONMENT`.
 * @throws OptionsError that names the variable
 */
export function optionsFromEnvironment(env: Environment): Omit<CollectorOptions, 'store'> {
  const secret = env.LIVEINSIGHT_SECRET;
  if (!secret)
    throw new OptionsError('LIVEINSIGHT_SECRET must be set: at least 16 random characters, kept for ever');
  const defaultSite = env.LIVEINSIGHT_DEFAULT_SITE;
  const sites = sitesFrom(env.LIVEINSIGHT_SITES, defaultSite);
  const readKeys = listFrom<ReadKey>('LIVEINSIGHT_READ_KEYS', env.LIVEINSIGHT_READ_KEYS);
  const adminKeys = listFrom<string>('LIVEINSIGHT_ADMIN_KEYS', env.LIVEINSIGHT_ADMIN_KEYS);
  const options = {
    secret,
    sites,
    readKeys,
    adminKeys,
    ...(defaultSite ? { defaultSite } : {}),
    // A Lambda is frozen between requests: a scheduled one rolls up instead of a timer.
    ...(env.AWS_LAMBDA_FUNCTION_NAME ? { rollUpEverySeconds: 0 } : {}),
    ...(env.ENVIRONMENT ? { environment: env.ENVIRONMENT } : {}),
  };
  const problems = optionProblems(options, VARIABLES);
  if (problems.length > 0) throw new OptionsError(problems.join('; '));
  return options;
}

const VARIABLES = {
  secret: 'LIVEINSIGHT_SECRET',
  sites: 'LIVEINSIGHT_SITES',
  defaultSite: 'LIVEINSIGHT_DEFAULT_SITE',
  readKeys: 'LIVEINSIGHT_READ_KEYS',
  adminKeys: 'LIVEINSIGHT_ADMIN_KEYS',
};

function sitesFrom(text: string | undefined, defaultSite: string | undefined): Site[] {
  if (!text) {
    if (defaultSite) return [{ id: defaultSite }];
    throw new OptionsError(
      'LIVEINSIGHT_SITES must be set: a JSON list, as [{"id":"shop","origins":["https://shop.example"]}]',
    );
  }
  return listFrom<Site | string>('LIVEINSIGHT_SITES', text).map((site) =>
    typeof site === 'string' ? { id: site } : site,
  );
}

function listFrom<Item>(variable: string, text = ''): Item[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.startsWith('[')) {
    return trimmed
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean) as Item[];
  }
  try {
    return JSON.parse(trimmed) as Item[];
  } catch (error) {
    throw new OptionsError(
      `${variable} must be a JSON list: ${error instanceof Error ? error.message : error}`,
    );
  }
}
