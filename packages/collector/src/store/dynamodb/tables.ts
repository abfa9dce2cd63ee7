/** The two tables: made where they are missing, and what is wrong with them told. */

import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type ConnectionOptions, createClient } from './connection.js';
import { errorCode } from './explain.js';
import { type TableNames, tableNames } from './table-names.js';

/** What came of one table. */
export interface TableReport {
  table: string;
  /** Whether this call made it. */
  created: boolean;
  /** What is wrong with it, each with its remedy; empty when nothing is. */
  problems: string[];
}

/** How long a new table may take to become ready. */
const READY_WITHIN_MS = 120_000;

type Layout = Omit<CreateTableCommandInput, 'TableName'>;

const KEY: Layout = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

const EVENTS: Layout = {
  ...KEY,
  AttributeDefinitions: [
    ...(KEY.AttributeDefinitions ?? []),
    { AttributeName: 'arrivals', AttributeType: 'S' },
    { AttributeName: 'received_at', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'arrivals',
      KeySchema: [
        { AttributeName: 'arrivals', KeyType: 'HASH' },
        { AttributeName: 'received_at', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/**
 * Makes the tables that are missing, waits until they are ready, and has DynamoDB delete what has expired
 * where it can. Doing it again changes nothing. Throws what the SDK throws where it is not allowed to.
 */
export function createTables(options: ConnectionOptions & Partial<TableNames> = {}): Promise<TableReport[]> {
  return forTables(options, async (client, table, layout) => {
    const found = await describe(client, table);
    const created = found === undefined && (await create(client, table, layout));
    await untilReady(client, table);
    await deleteExpired(client, table);
    return { table, created, problems: await problemsOf(client, table, layout) };
  });
}

/** Says what is wrong with the tables and changes nothing. */
export function checkTables(options: ConnectionOptions & Partial<TableNames> = {}): Promise<TableReport[]> {
  return forTables(options, async (client, table, layout) => ({
    table,
    created: false,
    problems: await problemsOf(client, table, layout),
  }));
}

async function forTables(
  options: ConnectionOptions & Partial<TableNames>,
  visit: (client: DynamoDBClient, table: string, layout: Layout) => Promise<TableReport>,
): Promise<TableReport[]> {
  const { eventsTable, rollupsTable } = tableNames(options);
  const client = options.client ?? createClient(options);
  try {
    return await Promise.all([visit(client, eventsTable, EVENTS), visit(client, rollupsTable, KEY)]);
  } finally {
    if (!options.client) client.destroy();
  }
}

async function create(client: DynamoDBClient, table: string, layout: Layout): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand({ TableName: table, ...layout }));
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

async function untilReady(client: DynamoDBClient, table: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  for (let pauseMs = 20; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
    const found = await describe(client, table);
    const indexes = found?.GlobalSecondaryIndexes ?? [];
    if (found?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE')) return;
    if (Date.now() > until) throw new Error(`table ${table} is not ready after ${READY_WITHIN_MS / 1000} s`);
    await wait(pauseMs);
  }
}

/** What becomes of items past their `expires_at`; `elsewhere` where TTL is on for another attribute. */
type Expiry = 'deleted' | 'kept' | 'elsewhere' | 'not supported';

async function deleteExpired(client: DynamoDBClient, table: string): Promise<void> {
  if ((await expiryOf(client, table)) !== 'kept') return;
  try {
    await turnOnExpiry(client, table, 'expires_at');
  } catch (error) {
    // Somebody else was faster.
    if ((await expiryOf(client, table)) === 'kept') throw error;
  }
}

async function expiryOf(client: DynamoDBClient, table: string): Promise<Expiry> {
  const { TimeToLiveDescription: found } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: table }),
  );
  if (found?.TimeToLiveStatus === 'ENABLED' || found?.TimeToLiveStatus === 'ENABLING') {
    return found.AttributeName === 'expires_at' ? 'deleted' : 'elsewhere';
  }
  return (await canExpire(client, table)) ? 'kept' : 'not supported';
}

/** Databases for development may lack the call; a nameless attribute is refused by those that have it. */
async function canExpire(client: DynamoDBClient, table: string): Promise<boolean> {
  try {
    await turnOnExpiry(client, table, '');
    return true;
  } catch (error) {
    return errorCode(error) !== 'UnknownOperationException';
  }
}

function turnOnExpiry(client: DynamoDBClient, table: string, attribute: string) {
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  return client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }));
}

async function describe(client: DynamoDBClient, table: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function problemsOf(client: DynamoDBClient, table: string, layout: Layout): Promise<string[]> {
  const found = await describe(client, table);
  if (!found) return [`there is no table ${table}: run \`liveinsight tables create\``];
  const problems: string[] = [];
  if (keyText(found) !== keyText(layout)) {
    problems.push(
      `its key is ${keyText(found)}, not ${keyText(layout)}: use another name, and let the table be made`,
    );
  }
  for (const index of layout.GlobalSecondaryIndexes ?? []) {
    const actual = found.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.IndexName);
    if (!actual) {
      problems.push(
        `it lacks the index ${index.IndexName} on ${keyText(index)}: add it, with all attributes`,
      );
    } else if (keyText(actual) !== keyText(index) || actual.Projection?.ProjectionType !== 'ALL') {
      problems.push(
        `its index ${index.IndexName} is on ${keyText(actual)} with ${actual.Projection?.ProjectionType}, not on ${keyText(index)} with ALL: delete it and add it again`,
      );
    }
  }
  const expiry = await expiryOf(client, table);
  if (expiry === 'kept') problems.push('expired items are not deleted: turn on TTL for expires_at');
  if (expiry === 'elsewhere') problems.push('TTL is on for another attribute: turn it on for expires_at');
  return problems;
}

const keyText = ({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>) =>
  KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
