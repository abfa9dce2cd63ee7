/** Creates backups of the two tables, and restores copies next to the current tables. */
import {
  CreateBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { isNotFound, withAwsHints } from './error-hints.js';

const TABLES = ['events', 'rollups'];

export async function backup(deployment: Deployment): Promise<void> {
  await withClient(deployment, 'backup', async (client) => {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}Z/g, '');
    for (const part of TABLES) {
      const TableName = resourceName(deployment, part);
      const BackupName = `${TableName}-${stamp}`;
      const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName }));
      print(`${BackupName}: ${BackupDetails?.BackupStatus?.toLowerCase() ?? 'started'}`);
    }
    print('\nBackups remain until you delete them. List them with `aws dynamodb list-backups`.');
  });
}

/** Without a time, shows the range that the tables can be restored to. */
export async function restore(deployment: Deployment, at: Date | undefined, suffix: string): Promise<void> {
  await withClient(deployment, 'restore', async (client) => {
    const sources = TABLES.map((part) => resourceName(deployment, part));
    const windows = await Promise.all(sources.map((name) => getRestoreWindow(client, name)));
    if (!at) {
      for (const [index, [earliest, latest]] of windows.entries()) {
        const range = `from ${earliest.toISOString()} to ${latest.toISOString()}`;
        print(`${sources[index]?.padEnd(32)} restorable to any second ${range}`);
      }
      print(
        `\nTo restore copies next to the current tables: liveinsight restore ${deployment.environment} --at <time>`,
      );
      return;
    }
    // Both are checked before the first is started: half a restore helps no one.
    for (const [index, [earliest, latest]] of windows.entries()) {
      if (at >= earliest && at <= latest) continue;
      throw new CliError(
        `cannot restore ${sources[index]} to ${at.toISOString()}`,
        `Choose a time from ${earliest.toISOString()} to ${latest.toISOString()}.`,
      );
    }
    const copies = await findCopies(client, sources, suffix, at);
    for (const { source, target, isStarted } of copies) {
      if (!isStarted) {
        await client.send(
          new RestoreTableToPointInTimeCommand({
            SourceTableName: source,
            TargetTableName: target,
            RestoreDateTime: at,
          }),
        );
      }
      print(`${target}: ${isStarted ? 'started before, ' : ''}restoring to ${at.toISOString()}`);
    }
    print(AFTER_RESTORE);
  });
}

/**
 * What an earlier run began is a copy of the same time, which this run goes on with. Where the database does not tell a
 * copy's time, it is one that exists without the other.
 */
async function findCopies(client: DynamoDBClient, sources: string[], suffix: string, at: Date) {
  const copies = await Promise.all(
    sources.map(async (source) => ({
      source,
      target: `${source}-${suffix}`,
      ...(await readCopy(client, `${source}-${suffix}`)),
    })),
  );
  const isHalf = copies.some(({ isStarted }) => !isStarted);
  for (const { target, isStarted, restoredTo } of copies) {
    const isSame = restoredTo ? Math.abs(restoredTo.getTime() - at.getTime()) < SECOND_MS : isHalf;
    if (!isStarted || isSame) continue;
    throw new CliError(
      `there is a table ${target} already, which is not a copy of ${at.toISOString()}; nothing was started`,
      'Delete it if you do not need it, or name the copies otherwise: --suffix <text>',
    );
  }
  return copies;
}

async function readCopy(client: DynamoDBClient, TableName: string) {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const restoredTo = Table?.RestoreSummary?.RestoreDateTime;
    // What was restored is minutes older than its copy; a stand-in for AWS notes the time of the call.
    const ageMs = (Table?.CreationDateTime?.getTime() ?? Number.NaN) - (restoredTo?.getTime() ?? Number.NaN);
    return { isStarted: true, restoredTo: ageMs < MINUTE_MS ? undefined : restoredTo };
  } catch (error) {
    if (isNotFound(error)) return { isStarted: false, restoredTo: undefined };
    throw error;
  }
}

/** DynamoDB restores to a second. */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const AFTER_RESTORE = `
Restoring takes minutes to hours. The current tables do not change. A restored table has neither expiry (TTL)
nor point-in-time recovery: enable both. To inspect it, run EVENTS_TABLE=… liveinsight tail --aws --site <id>.
Then copy the missing data, or configure the functions to use the restored table.`;

async function getRestoreWindow(client: DynamoDBClient, TableName: string): Promise<[Date, Date]> {
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (earliest && latest) return [earliest, latest];
  throw new CliError(
    `${TableName} has no point-in-time recovery`,
    'Deploy again to enable it. Data that is lost before then cannot be restored.',
  );
}

async function withClient(
  deployment: Deployment,
  what: string,
  action: (client: DynamoDBClient) => Promise<void>,
): Promise<void> {
  const client = new DynamoDBClient(clientOptions(deployment));
  try {
    await withAwsHints(deployment, what, () => action(client));
  } finally {
    client.destroy();
  }
}
