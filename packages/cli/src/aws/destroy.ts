/** Deletes a deployment, after asking; its data only where that is said, too. */
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
  /** The name, for where nobody can be asked. */
  yes?: string;
}

export async function destroy(deployment: Deployment, options: DestroyOptions): Promise<void> {
  await confirm(deployment, options);
  const client = new DynamoDBClient(clientOptions(deployment));
  try {
    const kept = await withAwsHints(deployment, 'destroy', () => protectedTables(client, deployment));
    if (kept.length > 0 && !options.deleteData) {
      print(`Kept, as they are protected: ${kept.join(', ')}. To delete them, too: --delete-data.`);
    }
    await runCdk(['destroy', '--force'], deployment, options.config);
    if (options.deleteData) await withAwsHints(deployment, 'destroy', () => deleteTables(client, kept));
  } finally {
    client.destroy();
  }
}

async function confirm({ environment }: Deployment, { yes, deleteData }: DestroyOptions): Promise<void> {
  let given = yes;
  if (given === undefined) {
    if (!process.stdin.isTTY) {
      throw new CliError('nobody is here to be asked', `To delete it nevertheless: --yes ${environment}`);
    }
    const asking = createInterface({ input: process.stdin, output: process.stdout });
    const what = deleteData ? 'functions, address, keys AND ALL DATA' : 'functions, address and keys';
    given = await asking.question(`This deletes ${what} of "${environment}". Its name, to go on: `);
    asking.close();
  }
  if (given.trim() !== environment) {
    throw new CliError(`"${given.trim()}" is not "${environment}"`, 'Nothing was deleted.');
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
