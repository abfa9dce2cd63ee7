/** The two tables: made where they are missing, and what is wrong with them told. */

import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../aws/errors.js';
import { retryTransient } from '../aws/retry.js';
import { checkTablesOptions } from './check-store-options.js';
import { type Connection, connect } from './connection.js';
import type { DriverOptions } from './driver.js';
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

interface KeyPart {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}
interface Layout {
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' }[];
  KeySchema: KeyPart[];
  BillingMode: 'PAY_PER_REQUEST';
  GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: KeyPart[];
    Projection: { ProjectionType: 'ALL' };
  }[];
}
interface Description {
  TableStatus: string;
  KeySchema: KeyPart[];
  GlobalSecondaryIndexes?: {
    IndexName: string;
    IndexStatus: string;
    KeySchema: KeyPart[];
    Projection: { ProjectionType: string };
  }[];
}

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
    ...KEY.AttributeDefinitions,
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
 * where it can. Doing it again changes nothing. Rejects with what the database says where it is not allowed to.
 */
export async function createTables(
  options: DriverOptions & Partial<TableNames> = {},
): Promise<TableReport[]> {
  checkTablesOptions(options, 'createTables');
  return forTables(options, async (connection, table, layout) => {
    const found = await describe(connection, table);
    const created = found === undefined && (await create(connection, table, layout));
    await untilReady(connection, table);
    await deleteExpired(connection, table);
    return { table, created, problems: await findProblems(connection, table, layout) };
  });
}

/** Says what is wrong with the tables and changes nothing. */
export async function checkTables(options: DriverOptions & Partial<TableNames> = {}): Promise<TableReport[]> {
  checkTablesOptions(options, 'checkTables');
  return forTables(options, async (connection, table, layout) => ({
    table,
    created: false,
    problems: await findProblems(connection, table, layout),
  }));
}

async function forTables(
  options: DriverOptions & Partial<TableNames>,
  visit: (connection: Connection, table: string, layout: Layout) => Promise<TableReport>,
): Promise<TableReport[]> {
  const { eventsTable, rollupsTable } = tableNames(options);
  const connection = connect(options);
  try {
    return await Promise.all([visit(connection, eventsTable, EVENTS), visit(connection, rollupsTable, KEY)]);
  } finally {
    connection.close();
  }
}

async function create(connection: Connection, table: string, layout: Layout): Promise<boolean> {
  try {
    await retryTransient(() =>
      connection.call('CreateTable', JSON.stringify({ TableName: table, ...layout })),
    );
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (errorCode(error) === 'ResourceInUseException') return false;
    throw error;
  }
}

async function untilReady(connection: Connection, table: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  for (let pauseMs = 20; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
    const found = await describe(connection, table);
    const indexes = found?.GlobalSecondaryIndexes ?? [];
    if (found?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE')) return;
    if (Date.now() > until) throw new Error(`table ${table} is not ready after ${READY_WITHIN_MS / 1000} s`);
    await wait(pauseMs);
  }
}

interface TimeToLive {
  TimeToLiveDescription?: { TimeToLiveStatus: string; AttributeName?: string };
}

/** What becomes of items past their `expires_at`; `elsewhere` where TTL is on for another attribute. */
type Expiry = 'deleted' | 'kept' | 'elsewhere' | 'not supported';

async function deleteExpired(connection: Connection, table: string): Promise<void> {
  if ((await readExpiry(connection, table)) !== 'kept') return;
  try {
    await turnOnExpiry(connection, table, 'expires_at');
  } catch (error) {
    // Somebody else was faster.
    if ((await readExpiry(connection, table)) === 'kept') throw error;
  }
}

async function readExpiry(connection: Connection, table: string): Promise<Expiry> {
  const body = JSON.stringify({ TableName: table });
  const { TimeToLiveDescription: found } = await retryTransient(() =>
    connection.call<TimeToLive>('DescribeTimeToLive', body),
  );
  if (found?.TimeToLiveStatus === 'ENABLED' || found?.TimeToLiveStatus === 'ENABLING') {
    return found.AttributeName === 'expires_at' ? 'deleted' : 'elsewhere';
  }
  return (await canExpire(connection, table)) ? 'kept' : 'not supported';
}

/** Databases for development may lack the call; a nameless attribute is refused by those that have it. */
async function canExpire(connection: Connection, table: string): Promise<boolean> {
  try {
    await turnOnExpiry(connection, table, '');
    return true;
  } catch (error) {
    return errorCode(error) !== 'UnknownOperationException';
  }
}

function turnOnExpiry(connection: Connection, table: string, attribute: string) {
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  const body = JSON.stringify({ TableName: table, TimeToLiveSpecification });
  return retryTransient(() => connection.call('UpdateTimeToLive', body));
}

async function describe(connection: Connection, table: string): Promise<Description | undefined> {
  try {
    const body = JSON.stringify({ TableName: table });
    return (await retryTransient(() => connection.call<{ Table: Description }>('DescribeTable', body))).Table;
  } catch (error) {
    if (errorCode(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function findProblems(connection: Connection, table: string, layout: Layout): Promise<string[]> {
  const found = await describe(connection, table);
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
    } else if (keyText(actual) !== keyText(index) || actual.Projection.ProjectionType !== 'ALL') {
      problems.push(
        `its index ${index.IndexName} is on ${keyText(actual)} with ${actual.Projection.ProjectionType}, not on ${keyText(index)} with ALL: delete it and add it again`,
      );
    }
  }
  const expiry = await readExpiry(connection, table);
  if (expiry === 'kept') problems.push('expired items are not deleted: turn on TTL for expires_at');
  if (expiry === 'elsewhere') problems.push('TTL is on for another attribute: turn it on for expires_at');
  return problems;
}

const keyText = ({ KeySchema }: { KeySchema: KeyPart[] }) =>
  KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
