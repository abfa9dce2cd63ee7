/** Decides which database a command means, and opens it. */
import { existsSync } from 'node:fs';
import type { Store } from '@liveinsight/collector';
import { type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { DEFAULT_DATA } from '../options.js';
import { type DataFolder, dataFolder } from './data-folder.js';
import { isServed, openEmbedded } from './embedded.js';
import { namedEndpoint } from './endpoint.js';
import { remoteStore } from './remote-store.js';

export interface DatabaseOptions {
  data?: string;
  aws?: boolean;
}

export type ResolvedDatabase = { kind: 'embedded'; folder: DataFolder } | { kind: 'environment' };

/**
 * A folder that is given; else what the environment names by table or endpoint; else the folder that is here;
 * else the AWS account of the environment.
 */
export function resolveDatabase({ data, aws }: DatabaseOptions): ResolvedDatabase {
  if (data !== undefined) return { kind: 'embedded', folder: dataFolder(data) };
  if (aws || process.env.EVENTS_TABLE || namedEndpoint()) return { kind: 'environment' };
  return existsSync(DEFAULT_DATA)
    ? { kind: 'embedded', folder: dataFolder(DEFAULT_DATA) }
    : { kind: 'environment' };
}

export interface Database {
  /** In words, for the user to see which one it is. */
  where: string;
  /** The server that has it open, as `http://localhost:4000`, where one does. */
  servedAt: string | undefined;
  /** To be closed when it is no longer needed. */
  store: Store;
  /** What the tables' functions want; undefined for an embedded one, which has none. */
  tables: DynamoStoreOptions | undefined;
}

/** Opens what was chosen; an embedded one that a server has open is reached through it. */
export async function openDatabase(choice: ResolvedDatabase): Promise<Database> {
  if (choice.kind === 'environment') {
    const tables = { driver: lean() };
    return { where: describeEnvironment(), servedAt: undefined, store: dynamoStore(tables), tables };
  }
  const { folder } = choice;
  const holder = folder.readLock();
  if (holder && (await isServed(holder))) {
    const where = `the embedded database in ${folder.path}, through ${holder.url ?? `process ${holder.pid}`}`;
    return { where, servedAt: holder.url, store: remoteStore(holder), tables: undefined };
  }
  const where = `the embedded database in ${folder.path}`;
  return { where, servedAt: undefined, store: openEmbedded(folder), tables: undefined };
}

function describeEnvironment(): string {
  const { AWS_REGION, EVENTS_TABLE } = process.env;
  const place = namedEndpoint() ?? `DynamoDB in ${AWS_REGION ?? 'the region of your AWS profile'}`;
  return EVENTS_TABLE ? `${place}, table ${EVENTS_TABLE}` : place;
}
