/** The database that needs nothing: DynamoDB's API in this process, its data in a folder. */
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { ClassicLevel } from 'classic-level';
import { Failure } from '../failure.js';
import type { DataFolder, Holder } from './data-folder.js';

/** Named here, not by the environment: what is deployed elsewhere must not rename what is kept here. */
export const EMBEDDED_TABLES = { eventsTable: 'liveinsight-events', rollupsTable: 'liveinsight-rollups' };

export interface Embedded {
  endpoint: string;
  close(): Promise<void>;
}

/** Opens the folder's database and makes its tables. The folder is this process's until `close`. */
export async function openEmbedded(folder: DataFolder): Promise<Embedded> {
  folder.make();
  await failUnlessFree(folder);
  const database = await startDynalite({ path: folder.database });
  await createTables({ endpoint: database.endpoint, ...EMBEDDED_TABLES });
  return database;
}

/** Whether the process that says it holds the folder's database still answers for it. */
export async function isServed({ endpoint }: Holder): Promise<boolean> {
  const store = dynamoStore({ endpoint, ...EMBEDDED_TABLES });
  return store.ping().then(
    () => store.close().then(() => true),
    () => store.close().then(() => false),
  );
}

/** LevelDB belongs to one process at a time, and says best itself whether it can be opened. */
async function failUnlessFree(folder: DataFolder): Promise<void> {
  try {
    const level = new ClassicLevel(folder.database);
    await level.open();
    await level.close();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED') {
      const holder = folder.holder();
      const who = holder ? ` (process ${holder.pid}${holder.url ? `, ${holder.url}` : ''})` : '';
      throw new Failure(
        `the data in ${folder.path} are in use by another process${who}`,
        'Stop that one, or keep this one’s data elsewhere with --data <folder>.',
        { cause },
      );
    }
    throw new Failure(
      `the database in ${folder.database} can’t be opened: ${cause instanceof Error ? cause.message : cause}`,
      'Mend the folder’s permissions, or start afresh with --data <folder>.',
      { cause },
    );
  }
}
