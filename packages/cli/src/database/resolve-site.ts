/** Resolves the site of a command. */
import { optionsFromEnvironment, type Site } from '@liveinsight/collector';
import { CliError } from '../cli-error.js';
import { DEFAULT_SITE } from '../options.js';
import type { ResolvedDatabase } from './resolve-database.js';

/** @param wanted by the user; default: the collector's default site, or the only one there is */
export function resolveSite(choice: ResolvedDatabase, wanted: string | undefined): Site {
  if (choice.kind === 'embedded') return { id: wanted ?? DEFAULT_SITE };
  const { sites, defaultSite } = readSites();
  const id = wanted ?? defaultSite ?? (sites.length === 1 ? sites[0]?.id : undefined);
  if (id === undefined) {
    const ids = sites.map((site) => site.id).join(', ');
    throw new CliError(
      'no site selected',
      ids
        ? `Pass --site with one of: ${ids}.`
        : 'Pass --site, or set LIVEINSIGHT_SITES as for the collector.',
    );
  }
  const site = sites.find((one) => one.id === id);
  if (site || sites.length === 0) return site ?? { id };
  throw new CliError(
    `unknown site ${JSON.stringify(id)}`,
    `Pass --site with one of: ${sites.map((one) => one.id).join(', ')}.`,
  );
}

function readSites() {
  const { LIVEINSIGHT_SITES, LIVEINSIGHT_DEFAULT_SITE } = process.env;
  if (!LIVEINSIGHT_SITES && !LIVEINSIGHT_DEFAULT_SITE) return { sites: [], defaultSite: undefined };
  // No secret is needed to read; the collector's own reading of the variables asks for one.
  return optionsFromEnvironment({ ...process.env, LIVEINSIGHT_SECRET: 'x'.repeat(16) });
}
