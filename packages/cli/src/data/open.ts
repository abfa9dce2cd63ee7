/** The raw data of the site that a command means, wherever its database is. */
import { optionsFromEnvironment } from '@liveinsight/collector';
import { openSiteData, type SiteData } from '@liveinsight/collector/data';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Choice, chooseDatabase, type DatabaseOptions, openDatabase } from '../database/choose.js';
import { explainStoreError } from '../database/explain.js';
import { chooseSite } from '../database/sites.js';
import { Failure } from '../failure.js';

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
  const choice = chooseDatabase(options);
  const { id: site } = chooseSite(choice, options.site);
  const database = await openDatabase(choice);
  const store = dynamoStore(database.options);
  try {
    await store.ping();
    await work({ data: openSiteData({ ...settingsOf(choice, site), store }), site, where: database.where });
  } catch (error) {
    throw error instanceof Failure ? error : explainStoreError(error);
  } finally {
    await store.close();
    await database.close();
  }
}

/** The secret must be the collector's own: it decides where a batch is kept. */
function settingsOf(choice: Choice, site: string) {
  if (choice.kind === 'embedded') return { secret: choice.folder.secret(), sites: [{ id: site }] };
  const { secret, sites, defaultSite } = optionsFromEnvironment(process.env);
  return { secret, sites, ...(defaultSite === undefined ? {} : { defaultSite }) };
}
