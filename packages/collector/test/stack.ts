/** A collector on a real database, as tests need it: SQLite in memory, or DynamoDB's API. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Collector,
  type CollectorOptions,
  type CommonOptions,
  createCollector,
  type Store,
} from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { createThreadedCollector, type ThreadedCollectorOptions } from '@liveinsight/collector/threads';
import type { IngestData, Issue } from '@liveinsight/schema';

export const SECRET = 'a secret of at least sixteen';
export const READ_KEY = 'read-key-of-the-tests-1';
export const ADMIN_KEY = 'admin-key-of-the-tests-1';

const DEFAULTS = {
  secret: SECRET,
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  readKeys: [READ_KEY],
} satisfies CommonOptions;

export interface Stack {
  collector: Collector;
  store: Store;
  close(): Promise<void>;
}

export interface DynamoStack extends Stack {
  endpoint: string;
}

/** On SQLite in memory: for what is the same on every store. With LIVEINSIGHT_THREADS=1, questions are answered in a thread. */
export async function startStack(options: Partial<CollectorOptions> = {}): Promise<Stack> {
  if (process.env.LIVEINSIGHT_THREADS) {
    const { store: _, ...others } = options;
    return startThreadedStack(others);
  }
  const store = sqliteStore();
  const collector = createTestCollector(store, options);
  return { collector, store, close: () => collector.close() };
}

/** On SQLite in a folder of its own, with a thread for questions. */
export async function startThreadedStack(
  options: Partial<Omit<ThreadedCollectorOptions, 'store'>> = {},
): Promise<Stack> {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
  const store = sqliteStore({ path });
  const collector = createThreadedCollector({ ...DEFAULTS, ...options, store });
  return {
    collector,
    store,
    async close() {
      await collector.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** On dynalite: for what is about DynamoDB, or processes that share a database. */
export async function startDynamoStack(options: Partial<CollectorOptions> = {}): Promise<DynamoStack> {
  const dynalite = await startDynalite();
  await createTables({ driver: lean({ endpoint: dynalite.endpoint }) });
  const store = dynamoStore({ driver: lean({ endpoint: dynalite.endpoint }) });
  const collector = createTestCollector(store, options);
  return {
    collector,
    store,
    endpoint: dynalite.endpoint,
    async close() {
      await collector.close();
      await dynalite.close();
    },
  };
}

const createTestCollector = (store: Store, options: Partial<CollectorOptions>): Collector =>
  createCollector({ store, ...DEFAULTS, ...options });

export const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': 'text/plain', ...headers },
});

/** What happened in a session, as the store has it. */
export async function storedEvents(store: Store, sessionId: string, site = 'shop') {
  const batches = await store.session(site, sessionId);
  return batches.flatMap((batch) => batch.events.map((event) => ({ ...event, batch })));
}

export interface ReadReply<Data = IngestData & { issues: Issue[] }> {
  code: number;
  status: 'success' | 'error';
  message: string;
  data: Data;
}

/** A reply with its body read: one of the API's two shapes. */
export async function readReply<Data = IngestData & { issues: Issue[] }>(response: Response) {
  return { ...((await response.json()) as object), code: response.status } as ReadReply<Data>;
}
