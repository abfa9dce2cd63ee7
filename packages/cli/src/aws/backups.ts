/** Backups of the two tables: made, and brought back beside the tables that are in use. */
import {
  CreateBackupCommand,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { withAwsHints } from './error-hints.js';

const TABLES = ['events', 'rollups'];

export async function backup(deployment: Deployment): Promise<void> {
  await withClient(deployment, 'backup', async (client) => {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}Z/g, '');
    for (const part of TABLES) {
      const TableName = resourceName(deployment, part);
      const BackupName = `${TableName}-${stamp}`;
      const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName }));
      print(`${BackupName}: ${BackupDetails?.BackupStatus?.toLowerCase() ?? 'begun'}`);
    }
    print('\nThey are kept until they are deleted: `aws dynamodb list-backups`.');
  });
}

/** Without a time: whether the tables could be brought back, and to when. */
export async function restore(deployment: Deployment, at: Date | undefined): Promise<void> {
  await withClient(deployment, 'restore', async (client) => {
    for (const part of TABLES) {
      const TableName = resourceName(deployment, part);
      const [earliest, latest] = await getRestoreWindow(client, TableName);
      if (!at) {
        print(`${TableName.padEnd(32)} any second from ${earliest.toISOString()} to ${latest.toISOString()}`);
        continue;
      }
      if (at < earliest || at > latest) {
        throw new CliError(
          `${TableName} can't be brought back to ${at.toISOString()}`,
          `Choose a time from ${earliest.toISOString()} to ${latest.toISOString()}.`,
        );
      }
      const TargetTableName = `${TableName}-restored`;
      await client.send(
        new RestoreTableToPointInTimeCommand({
          SourceTableName: TableName,
          TargetTableName,
          RestoreDateTime: at,
        }),
      );
      print(`${TargetTableName}: being restored as of ${at.toISOString()}`);
    }
    print(
      at
        ? AFTER_RESTORE
        : `\nBring them back beside the present ones: liveinsight restore ${deployment.environment} --at <time>`,
    );
  });
}

const AFTER_RESTORE = `
It takes minutes to hours; the tables in use are not touched. A restored table lacks expiry and recovery:
turn both on. Look into it with EVENTS_TABLE=… liveinsight tail --aws --site <id>, then copy what is missing,
or have the functions use it by its name.`;

async function getRestoreWindow(client: DynamoDBClient, TableName: string): Promise<[Date, Date]> {
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (earliest && latest) return [earliest, latest];
  throw new CliError(
    `${TableName} can't be brought back to a point in time`,
    'Recovery to a point in time is off: deploy again, which turns it on. What is lost until then stays lost.',
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
