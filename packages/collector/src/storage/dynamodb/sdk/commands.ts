/** The SDK's commands, with requests and responses kept as the JSON of DynamoDB's API. */
import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { serviceError } from '../../aws/client.js';
import { mayBeExecuted } from '../../aws/errors.js';
import { cutOff, type WireReply, type WireRequest } from '../../aws/transport.js';
import { DYNAMODB, type Operation } from '../service.js';

const COMMANDS = {
  PutItem: PutItemCommand,
  DeleteItem: DeleteItemCommand,
  GetItem: GetItemCommand,
  Query: QueryCommand,
  BatchExecuteStatement: BatchExecuteStatementCommand,
  CreateTable: CreateTableCommand,
  DescribeTable: DescribeTableCommand,
  DescribeTimeToLive: DescribeTimeToLiveCommand,
  UpdateTimeToLive: UpdateTimeToLiveCommand,
} satisfies Record<Operation, unknown>;

/** The parts of the SDK's middleware that are used here, alike in all commands. */
interface JsonCommand {
  middlewareStack: {
    add(middleware: Serialize | Deserialize, options: { step: string; name: string; override: true }): void;
  };
}
type Serialize = (next: Next<HttpCall>, context: Context) => (args: Call) => Promise<unknown>;
type Deserialize = (next: Next<HttpCall>) => (args: HttpCall) => Promise<unknown>;
type Next<Args> = (args: Args) => Promise<{ response: unknown }>;
interface Context {
  endpointV2?: { url: URL; headers?: Record<string, string[]> };
}
interface Call {
  input: object;
}
interface HttpCall extends Call {
  request: unknown;
}
interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}

/** What such a command resolves to. */
export interface JsonOutput {
  $metadata: { httpStatusCode: number };
  reply: WireReply;
}

/** The service answered with an error: named and shaped so that the SDK's retries and clock correction know it. */
export class ServiceErrorReply extends Error {
  readonly $metadata: { httpStatusCode: number };
  readonly reply: WireReply;
  declare readonly $response: HttpResponse;
  constructor(reply: WireReply, response: HttpResponse) {
    const { name, message } = serviceError(reply);
    super(message);
    this.name = name;
    this.reply = reply;
    this.$metadata = { httpStatusCode: reply.status };
    // Not enumerable, as with the SDK: it holds sockets, which no log should print.
    Object.defineProperty(this, '$response', { value: response });
  }
}

/**
 * The command of a prepared request. The SDK's serializer and deserializer are replaced under the names by which
 * `@aws-sdk/lib-dynamodb`, too, finds them; every other middleware of the client runs as it is, and sees and may change
 * the input as DynamoDB's JSON. Binary values stay in Base64.
 */
export function jsonCommand({ operation, body }: WireRequest, { config }: DynamoDBClient): PutItemCommand {
  const target = `${DYNAMODB.target}.${operation}`;
  /** Whether an attempt that the SDK repeats may have been executed. */
  let mayBeRepeated = false;

  const serialize: Serialize = (next, context) => (args) => {
    const { url, headers: endpointHeaders = {} } = context.endpointV2 ?? noEndpoint();
    const headers: Record<string, string> = { 'content-type': DYNAMODB.contentType, 'x-amz-target': target };
    for (const [name, values] of Object.entries(endpointHeaders)) headers[name] = values.join(',');
    const request = {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers,
      body: Buffer.from(JSON.stringify(args.input)),
    };
    return next({ ...args, request });
  };

  async function attempt(
    next: Next<HttpCall>,
    args: HttpCall,
  ): Promise<{ response: unknown; output: JsonOutput }> {
    const { response } = (await next(args)) as { response: HttpResponse };
    const { statusCode: status, headers } = response;
    const bytes = await config.streamCollector(response.body).catch(() => {
      throw cutOff();
    });
    const reply: WireReply = { status, date: headers.date, body: Buffer.from(bytes).toString() };
    if (mayBeRepeated) reply.mayBeRepeated = true;
    if (status !== 200) throw new ServiceErrorReply(reply, response);
    return { response, output: { $metadata: { httpStatusCode: status }, reply } };
  }

  const deserialize: Deserialize = (next) => (args) =>
    attempt(next, args).catch((error: unknown) => {
      mayBeRepeated ||= mayBeExecuted(error);
      throw error;
    });

  const Command = COMMANDS[operation as Operation] as typeof PutItemCommand;
  const command = new Command(JSON.parse(body));
  const { middlewareStack } = command as unknown as JsonCommand;
  middlewareStack.add(serialize, { step: 'serialize', name: 'serializerMiddleware', override: true });
  middlewareStack.add(deserialize, { step: 'deserialize', name: 'deserializerMiddleware', override: true });
  return command;
}

function noEndpoint(): never {
  throw new Error('the SDK found no endpoint: set AWS_REGION, or AWS_ENDPOINT_URL_DYNAMODB');
}
