/** The raw data of the site that a command means, wherever its database is. */
import { optionsFromEnvironment } from '@liveinsight/collector';
import { openSiteData, type SiteData } from '@liveinsight/collector/data';
import { CliError } from '../cli-error.js';
import {
  type DatabaseOptions,
  openDatabase,
  type ResolvedDatabase,
  resolveDatabase,
} from '../database/resolve-database.js';
import { resolveSite } from '../database/resolve-site.js';
import { toCliError } from '../error-hints.js';

export interface DataCommandOptions extends DatabaseOptions {
  site?: string;
}

export interface OpenData {
  data: SiteData;
  site: string;
  /** In words, for the user to see which database it is. */
  where: string;
}

/** Runs `work` on the data, then closes them; what the store throws is said in words that lead on. */
export async function withSiteData(
  options: DataCommandOptions,
  work: (open: OpenData) => Promise<void>,
): Promise<void> {
  const choice = resolveDatabase(options);
  const { id: site } = resolveSite(choice, options.site);
  const { store, where } = await openDatabase(choice);
  try {
    await store.ping();
    await work({
      data: openSiteData({ ...getCollectorOptions(choice, site), store }),
      site,
      where,
    });
  } catch (error) {
    throw error instanceof CliError ? error : toCliError(error);
  } finally {
    await store.close();
  }
}

/** The secret must be the collector's own: it decides where a batch is stored. */
function getCollectorOptions(choice: ResolvedDatabase, site: string) {
  if (choice.kind === 'embedded') return { secret: choice.folder.secret(), sites: [{ id: site }] };
  const { secret, sites, defaultSite } = optionsFromEnvironment(process.env);
  return { secret, sites, ...(defaultSite === undefined ? {} : { defaultSite }) };
}
