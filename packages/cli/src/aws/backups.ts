/** Creates backups of the two tables, and restores copies next to the current tables. */
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
      print(`${BackupName}: ${BackupDetails?.BackupStatus?.toLowerCase() ?? 'started'}`);
    }
    print('\nBackups remain until you delete them. List them with `aws dynamodb list-backups`.');
  });
}

/** Without a time, shows the range that the tables can be restored to. */
export async function restore(deployment: Deployment, at: Date | undefined): Promise<void> {
  await withClient(deployment, 'restore', async (client) => {
    for (const part of TABLES) {
      const TableName = resourceName(deployment, part);
      const [earliest, latest] = await getRestoreWindow(client, TableName);
      if (!at) {
        print(
          `${TableName.padEnd(32)} restorable to any second from ${earliest.toISOString()} to ${latest.toISOString()}`,
        );
        continue;
      }
      if (at < earliest || at > latest) {
        throw new CliError(
          `cannot restore ${TableName} to ${at.toISOString()}`,
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
      print(`${TargetTableName}: restoring to ${at.toISOString()}`);
    }
    print(
      at
        ? AFTER_RESTORE
        : `\nTo restore copies next to the current tables: liveinsight restore ${deployment.environment} --at <time>`,
    );
  });
}

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
