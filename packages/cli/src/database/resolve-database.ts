/** Decides which database a command means, and opens it. */
import { existsSync } from 'node:fs';
import type { DynamoStoreOptions } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { DEFAULT_DATA } from '../options.js';
import { type DataFolder, dataFolder } from './data-folder.js';
import { embeddedOptions, isServed, openEmbedded } from './embedded.js';
import { namedEndpoint } from './endpoint.js';

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
  /** The dev server that holds it, as `http://localhost:4000`, where one does. */
  servedAt: string | undefined;
  /** The embedded database's; the environment's is found where it is needed. */
  endpoint?: string;
  /** What the store and the tables' functions want. */
  options: DynamoStoreOptions;
  close(): Promise<void>;
}

/** Opens what was chosen; an embedded one that a dev server holds is reached through it. */
export async function openDatabase(choice: ResolvedDatabase): Promise<Database> {
  if (choice.kind === 'environment') {
    return {
      where: describeEnvironment(),
      servedAt: undefined,
      options: { driver: lean() },
      close: () => Promise.resolve(),
    };
  }
  const { folder } = choice;
  const holder = folder.readLock();
  if (holder && (await isServed(holder))) {
    const where = `the embedded database in ${folder.path}, through ${holder.url ?? `process ${holder.pid}`}`;
    return {
      where,
      servedAt: holder.url,
      endpoint: holder.endpoint,
      options: embeddedOptions(holder),
      close: () => Promise.resolve(),
    };
  }
  const embedded = await openEmbedded(folder);
  const where = `the embedded database in ${folder.path}`;
  const { endpoint, close } = embedded;
  return { where, servedAt: undefined, endpoint, options: embeddedOptions(embedded), close };
}

function describeEnvironment(): string {
  const { AWS_REGION, EVENTS_TABLE } = process.env;
  const place = namedEndpoint() ?? `DynamoDB in ${AWS_REGION ?? 'the region of your AWS profile'}`;
  return EVENTS_TABLE ? `${place}, table ${EVENTS_TABLE}` : place;
}
