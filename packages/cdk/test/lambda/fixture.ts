/** All that the functions need, on loopback: dynoxide with the tables, secrets, a queue. */
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynoxide } from '../../../../scripts/dynoxide.mjs';
import { functionSpecs } from '../../src/function-specs.js';
import { type Gate, type QueueService, startGate, startQueue, startSecrets } from './loopback-services.js';
import { type Lambda, startLambda } from './runtime-api.js';

export const READ_KEY = 'read-key-of-the-functions';
export const ADMIN_KEY = 'admin-key-of-the-functions';
export const ORIGIN = 'only-the-distribution-knows';
const TABLES = { eventsTable: 'liveinsight-test-events', rollupsTable: 'liveinsight-test-rollups' };

export type FunctionName = 'ingest' | 'read' | 'buffered-ingest' | 'drain' | 'rollup';

export interface Fixture {
  gate: Gate;
  queue: QueueService;
  secrets: Map<string, object>;
  store: ReturnType<typeof dynamoStore>;
  /** Of each service, as the functions find it where nothing stands between. */
  endpoints: Record<'dynamodb' | 'secretsmanager' | 'sqs', string>;
  start(
    name: FunctionName,
    options?: { env?: Record<string, string>; timeoutMs?: number; aheadMs?: number },
  ): Promise<Lambda>;
  close(): Promise<void>;
}

export async function startFixture(tables = TABLES): Promise<Fixture> {
  const database = await startDynoxide();
  await createTables({ endpoint: database.endpoint, ...tables });
  const gate = await startGate(database.endpoint);
  const queue = await startQueue();
  const secrets = new Map<string, object>([
    ['liveinsight/test/secret', { current: 'a secret of at least sixteen characters' }],
    ['liveinsight/test/read-keys', { current: READ_KEY }],
    ['liveinsight/test/admin-keys', { current: ADMIN_KEY }],
    ['liveinsight/test/origin', { current: ORIGIN, previous: ['what-it-was-before'] }],
  ]);
  const secretsManager = await startSecrets(secrets);
  const store = dynamoStore({ endpoint: database.endpoint, ...tables });
  const running: Lambda[] = [];

  const common = {
    ENVIRONMENT: 'test',
    LIVEINSIGHT_SITES: JSON.stringify([{ id: 'shop', origins: ['https://shop.example'] }]),
    LIVEINSIGHT_DEFAULT_SITE: 'shop',
    LIVEINSIGHT_SECRET_ID: 'liveinsight/test/secret',
    EVENTS_TABLE: tables.eventsTable,
    ROLLUPS_TABLE: tables.rollupsTable,
    AWS_ENDPOINT_URL_DYNAMODB: gate.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
  };
  const keys = {
    LIVEINSIGHT_READ_KEYS_ID: 'liveinsight/test/read-keys',
    LIVEINSIGHT_ADMIN_KEYS_ID: 'liveinsight/test/admin-keys',
  };
  const functions: Record<FunctionName, { handler: string; env: Record<string, string>; timeoutS?: number }> =
    {
      ingest: { handler: 'ingest.handler', env: common },
      read: { handler: 'collector.handler', env: { ...common, ...keys } },
      'buffered-ingest': {
        handler: 'buffered-ingest.handler',
        env: { ...common, BUFFER_QUEUE_URL: `${queue.endpoint}/000000000000/liveinsight-test-buffer` },
      },
      drain: { handler: 'drain.handler', env: common },
      // As deployed: a round gets what the function's reserves leave of it, and of a few seconds nearly nothing is left.
      rollup: {
        handler: 'rollup.handler',
        env: common,
        timeoutS: functionSpecs('direct').rollup?.timeoutS ?? 0,
      },
    };

  return {
    gate,
    queue,
    secrets,
    store,
    endpoints: {
      dynamodb: gate.endpoint,
      secretsmanager: secretsManager.endpoint,
      sqs: queue.endpoint,
    },
    async start(name, options = {}) {
      const { handler, env: own, timeoutS = 10 } = functions[name];
      const { env = {}, timeoutMs = timeoutS * 1_000, aheadMs = 0 } = options;
      const lambda = await startLambda({ handler, env: { ...own, ...env }, timeoutMs, aheadMs });
      running.push(lambda);
      return lambda;
    },
    async close() {
      await Promise.all(running.map((lambda) => lambda.close()));
      await store.close();
      await Promise.all([gate, queue, secretsManager, database].map((service) => service.close()));
    },
  };
}
