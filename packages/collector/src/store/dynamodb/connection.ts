/** The SDK's client as the store uses it: its endpoint, credentials and signing, our JSON in and out. */
import {
  BatchExecuteStatementCommand,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { LATE_LANDING_MS, type LateLanding, type StoreClock, storeClock } from './clock.js';

/** A request is destroyed after this long; what it wrote may still land. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface ConnectionOptions {
  /** Default: `AWS_REGION`; `us-east-1` where the endpoint is on this machine. */
  region?: string;
  /** Default: `AWS_ENDPOINT_URL_DYNAMODB`, else AWS's own of the region. */
  endpoint?: string;
  /** Used instead of a client of the store's own; it is neither changed nor closed, and its retries are not used. */
  client?: DynamoDBClient;
}

export type Operation = 'PutItem' | 'DeleteItem' | 'GetItem' | 'Query' | 'BatchExecuteStatement';

export interface Connection {
  clock: StoreClock;
  /** Sends one request as prepared JSON, once; `stampedAt` is the arrival that a write carries. Rejects with what the store answered. */
  call<Reply>(operation: Operation, table: string, body: string, stampedAt?: number): Promise<Reply>;
  close(): void;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A client of the given place; a database on this machine needs neither region nor credentials. */
export function createClient({ region, endpoint }: ConnectionOptions): DynamoDBClient {
  const place = endpoint ?? process.env.AWS_ENDPOINT_URL_DYNAMODB;
  const config: DynamoDBClientConfig = { maxAttempts: 1 };
  if (place !== undefined) config.endpoint = place;
  if (region !== undefined) config.region = region;
  if (place !== undefined && LOOPBACK.has(new URL(place).hostname)) {
    config.region ??= process.env.AWS_REGION ?? 'us-east-1';
    if (!process.env.AWS_ACCESS_KEY_ID)
      config.credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  }
  return new DynamoDBClient(config);
}

export function connect(options: ConnectionOptions, onLateLanding: (late: LateLanding) => void): Connection {
  const client = options.client ?? createClient(options);
  const clock = storeClock();
  return {
    clock,
    async call<Reply>(operation: Operation, table: string, body: string, stampedAt?: number) {
      const askedAt = Date.now();
      const { headers, reply } = await send(client, operation, table, body);
      const repliedAt = clock.observe(headers.date, askedAt, Date.now());
      if (stampedAt !== undefined && repliedAt !== undefined && repliedAt - stampedAt > LATE_LANDING_MS) {
        onLateLanding({ stampedAt, repliedAt });
      }
      return reply as Reply;
    },
    close() {
      if (!options.client) client.destroy();
    },
  };
}

interface HttpRequest {
  body?: unknown;
}
interface HttpReply {
  statusCode: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}
interface Output {
  headers: Record<string, string>;
  reply: unknown;
}

async function send(
  client: DynamoDBClient,
  operation: Operation,
  table: string,
  body: string,
): Promise<Output> {
  const stack = client.middlewareStack.clone();
  // It filters every input, logger or not.
  stack.remove('loggerMiddleware');
  // A repeated write needs a new arrival, so retries are ours. The signing finds its place by this one's name.
  stack.add((next) => next, {
    step: 'finalizeRequest',
    name: 'retryMiddleware',
    priority: 'high',
    override: true,
  });
  stack.add(
    (next) => (args) => {
      (args as { request: HttpRequest }).request.body = body;
      return next(args);
    },
    { step: 'build', name: 'liveinsightBody', priority: 'high' },
  );
  stack.add(
    (next) => async (args) => {
      const { response } = await next(args);
      return { response, output: await readReply(response as HttpReply) } as never;
    },
    { step: 'deserialize', name: 'deserializerMiddleware', override: true },
  );
  const signal = { abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
  const command = commandFor(operation, table);
  const { output } = await command.resolveMiddleware(stack, client.config, signal)(command as never);
  return output as never;
}

/** What the SDK needs to know of a request: its name and, for the endpoint, its table. */
function commandFor(operation: Operation, table: string) {
  switch (operation) {
    case 'PutItem':
      return new PutItemCommand({ TableName: table, Item: {} });
    case 'DeleteItem':
      return new DeleteItemCommand({ TableName: table, Key: {} });
    case 'GetItem':
      return new GetItemCommand({ TableName: table, Key: {} });
    case 'Query':
      return new QueryCommand({ TableName: table });
    case 'BatchExecuteStatement':
      return new BatchExecuteStatementCommand({ Statements: [] });
  }
}

async function readReply({ statusCode, headers, body }: HttpReply): Promise<Output> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  if (statusCode === 200) return { headers, reply: JSON.parse(text) };
  throw refusal(statusCode, text);
}

/** The store's refusal, named as the SDK names it. */
function refusal(statusCode: number, text: string): Error {
  let said: { __type?: string; message?: string; Message?: string } = {};
  try {
    said = JSON.parse(text);
  } catch {
    // Whatever stands between us and the store answered in another language.
  }
  const error = new Error(said.message ?? said.Message ?? `HTTP ${statusCode}`);
  error.name =
    said.__type?.split('#').at(-1) ?? (statusCode < 500 ? 'RequestRefused' : 'InternalServerError');
  return error;
}
