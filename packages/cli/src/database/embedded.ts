/** The database that needs nothing: DynamoDB's API in this process, its data in a folder. */
import { createTables, type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { CliError } from '../cli-error.js';
import type { DataFolder } from './data-folder.js';
import type { DatabaseLock } from './lock-file.js';
import { randomText } from './private-file.js';

/** Named here, not by the environment: settings of a deployment must not rename the tables of this machine. */
const EMBEDDED_TABLES = { eventsTable: 'liveinsight-events', rollupsTable: 'liveinsight-rollups' };

/** How to reach it. */
export type EmbeddedAccess = Pick<DatabaseLock, 'endpoint' | 'credentials'>;

export interface Embedded extends EmbeddedAccess {
  close(): Promise<void>;
}

/** What the store and the tables' functions want; nothing of it from the environment, whose credentials are for AWS. */
export const embeddedOptions = ({ endpoint, credentials }: EmbeddedAccess): DynamoStoreOptions => ({
  driver: lean({ region: 'us-east-1', endpoint, credentials }),
  ...EMBEDDED_TABLES,
});

/** Opens the folder's database and makes its tables. The folder is this process's until `close`. */
export async function openEmbedded(folder: DataFolder): Promise<Embedded> {
  folder.make();
  const credentials = { accessKeyId: randomText(), secretAccessKey: randomText() };
  const { accessKeyId } = credentials;
  const { endpoint, close } = await startDynalite({ path: folder.database, accessKeyId }).catch(
    (error: unknown) => {
      throw explainOpening(folder, error);
    },
  );
  const database = { endpoint, credentials, close };
  await createTables(embeddedOptions(database));
  return database;
}

/** Whether the process that says it holds the folder's database still answers for it. */
export async function isServed(holder: EmbeddedAccess): Promise<boolean> {
  const store = dynamoStore(embeddedOptions(holder));
  return store.ping().then(
    () => store.close().then(() => true),
    () => store.close().then(() => false),
  );
}

/** LevelDB belongs to one process at a time, and says best itself whether it can be opened. */
function explainOpening(folder: DataFolder, error: unknown): CliError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED') {
    const holder = folder.readLock();
    const who = holder ? ` (process ${holder.pid}${holder.url ? `, ${holder.url}` : ''})` : '';
    return new CliError(
      `the data in ${folder.path} is in use by another process${who}`,
      'Stop that process, or choose another folder with --data <folder>.',
      { cause },
    );
  }
  return new CliError(
    `cannot open the database in ${folder.database}: ${cause instanceof Error ? cause.message : cause}`,
    'Fix the permissions of the folder, or use an empty one with --data <folder>.',
    { cause },
  );
}
