/** The SDK's client as the store uses it: its endpoint, credentials and signing, our JSON in and out. */
import { setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';
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

/** A request is destroyed after this long at the latest; what it wrote may still land. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How long the SDK's steps, once put together, serve. */
const REUSE_MS = 1_000;

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
  const send = sender(client);
  return {
    clock,
    async call<Reply>(operation: Operation, table: string, body: string, stampedAt?: number) {
      const askedAt = Date.now();
      const { headers, reply } = await send(operation, table, body);
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
  body: Readable;
}
/** A request on its way through the SDK's steps: of the input, they need the table's name alone. */
interface Prepared {
  input: object;
  body: string;
}
interface Output {
  headers: Record<string, string>;
  reply: unknown;
}

type Handle = (prepared: never) => Promise<{ output: unknown }>;
interface Resolvable {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's types tie a stack to its command's input and output, which are not used here
  resolveMiddleware(stack: any, config: any, options: object): Handle;
}

/**
 * Sends by the SDK's steps, but for our own reading and writing of JSON. Putting the steps together costs as much
 * as taking them, so it is done once a second for each operation, and all requests of that second end together.
 */
function sender(client: DynamoDBClient) {
  const ready = new Map<string, { until: number; handle: Handle }>();
  return async (operation: Operation, table: string, body: string): Promise<Output> => {
    const key = `${operation} ${table}`;
    let steps = ready.get(key);
    if (!steps || steps.until < Date.now()) {
      const abortSignal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      setMaxListeners(0, abortSignal);
      const command = new COMMANDS[operation]({ TableName: table } as never);
      const handle = command.resolveMiddleware(stackFor(client), client.config, { abortSignal });
      steps = { until: Date.now() + REUSE_MS, handle };
      ready.set(key, steps);
    }
    const { output } = await steps.handle({ input: { TableName: table }, body } satisfies Prepared as never);
    return output as Output;
  };
}

function stackFor(client: DynamoDBClient) {
  const stack = client.middlewareStack.clone();
  // It filters every input, logger or not.
  stack.remove('loggerMiddleware');
  // It puts together the same words for every request.
  stack.remove('getUserAgentMiddleware');
  // A repeated write needs a new arrival, so retries are ours. The signing finds its place by this one's name.
  stack.add((next) => next, {
    step: 'finalizeRequest',
    name: 'retryMiddleware',
    priority: 'high',
    override: true,
  });
  stack.add(
    (next) => (args) => {
      const { request, body } = args as typeof args & { request: HttpRequest; body: string };
      // As bytes: a string would be encoded anew for its length, its hash and its sending.
      request.body = Buffer.from(body);
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
  return stack;
}

const COMMANDS: Record<Operation, new (input: never) => Resolvable> = {
  PutItem: PutItemCommand,
  GetItem: GetItemCommand,
  Query: QueryCommand,
  DeleteItem: DeleteItemCommand,
  BatchExecuteStatement: BatchExecuteStatementCommand,
};

async function readReply({ statusCode, headers, body }: HttpReply): Promise<Output> {
  const text = await readText(body);
  if (statusCode === 200) return { headers, reply: JSON.parse(text) };
  throw refusal(statusCode, text);
}

/** By events: iterating costs several times as much. */
function readText(body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.on('end', () => resolve(Buffer.concat(chunks).toString()));
    body.on('error', reject);
  });
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
