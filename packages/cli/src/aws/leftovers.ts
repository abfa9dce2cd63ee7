/** What a deleted stack leaves: retained tables and secrets, and logs of older versions. */

import { setTimeout as wait } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { print } from '../print.js';
import { clientOptions, type Deployment, FUNCTIONS, resourceName, secretName } from './deployment.js';
import { isNotFound } from './error-hints.js';
import { SECRET_NAMES } from './secrets.js';

/** A table is busy for some seconds after each change. */
const TABLE_CHECKS = 20;
const TABLE_CHECK_MS = 1_000;

export interface Leftovers {
  tables: string[];
  secrets: string[];
  logs: string[];
}

export interface StoreClients {
  dynamo: DynamoDBClient;
  secrets: SecretsManagerClient;
  logs: CloudWatchLogsClient;
}

export async function withStoreClients<Result>(
  deployment: Deployment,
  action: (clients: StoreClients) => Promise<Result>,
): Promise<Result> {
  const options = clientOptions(deployment);
  const clients = {
    dynamo: new DynamoDBClient(options),
    secrets: new SecretsManagerClient(options),
    logs: new CloudWatchLogsClient(options),
  };
  try {
    return await action(clients);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

export async function findLeftovers(clients: StoreClients, deployment: Deployment): Promise<Leftovers> {
  const [tables, secrets, logs] = await Promise.all([
    existing(
      ['events', 'rollups'].map((part) => resourceName(deployment, part)),
      async (TableName) => {
        const { Table } = await clients.dynamo.send(new DescribeTableCommand({ TableName }));
        return Table?.TableStatus !== 'DELETING';
      },
    ),
    existing(
      ['secret', ...SECRET_NAMES].map((name) => secretName(deployment, name)),
      async (SecretId) => !(await clients.secrets.send(new DescribeSecretCommand({ SecretId }))).DeletedDate,
    ),
    findLogs(clients.logs, deployment),
  ]);
  return { tables, secrets, logs };
}

async function existing(names: string[], isThere: (name: string) => Promise<boolean>): Promise<string[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return await isThere(name);
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    }),
  );
  return names.filter((_, index) => found[index]);
}

async function findLogs(client: CloudWatchLogsClient, deployment: Deployment): Promise<string[]> {
  const names: string[] = [];
  // By their names in full: what `liveinsight-prod-` begins may belong to the deployment `prod-eu`.
  const own = new Set([
    ...[...FUNCTIONS, 'publish'].map((part) => `/aws/lambda/${resourceName(deployment, part)}`),
    `/aws/apigateway/${resourceName(deployment, 'api')}`,
  ]);
  for (const folder of ['lambda', 'apigateway']) {
    const logGroupNamePrefix = `/aws/${folder}/${resourceName(deployment, '')}`;
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
      for (const { logGroupName = '' } of logGroups) if (own.has(logGroupName)) names.push(logGroupName);
    }
  }
  return names;
}

/** Deletes all of it. What cannot be deleted keeps nothing else from being deleted, and is returned with the reason. */
export async function deleteLeftovers(
  clients: StoreClients,
  found: Leftovers,
  checkMs = TABLE_CHECK_MS,
): Promise<string[]> {
  const failures: string[] = [];
  const attempt = async (name: string, action: () => Promise<unknown>) => {
    try {
      await action();
      print(`${name}: deleted`);
    } catch (error) {
      if (isNotFound(error)) return;
      failures.push(`${name} (${error instanceof Error ? `${error.name}: ${error.message}` : error})`);
    }
  };
  await Promise.all(
    found.tables.map((name) => attempt(name, () => deleteTable(clients.dynamo, name, checkMs))),
  );
  for (const SecretId of found.secrets) {
    // Without a recovery window, which would keep the name from a next deployment.
    const command = new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
    await attempt(SecretId, () => clients.secrets.send(command));
  }
  for (const logGroupName of found.logs) {
    await attempt(logGroupName, () => clients.logs.send(new DeleteLogGroupCommand({ logGroupName })));
  }
  return failures;
}

/** Waits between the steps: DynamoDB takes one change of a table at a time. */
async function deleteTable(client: DynamoDBClient, TableName: string, checkMs: number): Promise<void> {
  for (let check = 0; ; check += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    try {
      if (Table?.TableStatus === 'ACTIVE' && Table.DeletionProtectionEnabled) {
        await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      } else if (Table?.TableStatus === 'ACTIVE') {
        await client.send(new DeleteTableCommand({ TableName }));
        return;
      } else if (Table?.TableStatus === 'DELETING') return;
    } catch (error) {
      const isBusy = error instanceof Error && error.name === 'ResourceInUseException';
      if (!isBusy || check >= TABLE_CHECKS) throw error;
    }
    if (check >= TABLE_CHECKS) throw new Error(`the table stays ${Table?.TableStatus}`);
    if (check > 0) await wait(checkMs);
  }
}
