/** Deletes a deployment after a confirmation, and its data only on request. */
import { createInterface } from 'node:readline/promises';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { runCdk } from './cdk-app.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { isNotFound, withAwsHints } from './error-hints.js';

export interface DestroyOptions {
  config: string;
  deleteData?: boolean;
  /** The name of the deployment, which replaces the confirmation. */
  yes?: string;
}

export async function destroy(deployment: Deployment, options: DestroyOptions): Promise<void> {
  await confirm(deployment, options);
  const client = new DynamoDBClient(clientOptions(deployment));
  try {
    const protectedNames = await withAwsHints(deployment, 'destroy', () =>
      protectedTables(client, deployment),
    );
    if (protectedNames.length > 0 && !options.deleteData) {
      print(
        `Kept because of deletion protection: ${protectedNames.join(', ')}. To delete them as well, pass --delete-data.`,
      );
    }
    await runCdk(['destroy', '--force'], deployment, options.config);
    if (options.deleteData)
      await withAwsHints(deployment, 'destroy', () => deleteTables(client, protectedNames));
  } finally {
    client.destroy();
  }
}

async function confirm({ environment }: Deployment, { yes, deleteData }: DestroyOptions): Promise<void> {
  let given = yes;
  if (given === undefined) {
    if (!process.stdin.isTTY) {
      throw new CliError(
        'confirmation required, but stdin is not a terminal',
        `To delete without confirmation, pass --yes ${environment}`,
      );
    }
    const asking = createInterface({ input: process.stdin, output: process.stdout });
    const what = deleteData ? 'functions, domain, keys AND ALL DATA' : 'functions, domain and keys';
    given = await asking.question(`This deletes ${what} of "${environment}". Type its name to continue: `);
    asking.close();
  }
  if (given.trim() !== environment) {
    throw new CliError(`"${given.trim()}" does not match "${environment}"`, 'Nothing was deleted.');
  }
}

async function protectedTables(client: DynamoDBClient, deployment: Deployment): Promise<string[]> {
  const tables: string[] = [];
  for (const TableName of ['events', 'rollups'].map((part) => resourceName(deployment, part))) {
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      if (Table?.DeletionProtectionEnabled) tables.push(TableName);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return tables;
}

async function deleteTables(client: DynamoDBClient, tables: string[]): Promise<void> {
  for (const TableName of tables) {
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName }));
    print(`${TableName}: deleted`);
  }
}
