/** Stand-ins on loopback for what a function reaches: Secrets Manager and SQS, and a way to DynamoDB that can fail. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Service {
  endpoint: string;
  close(): Promise<void>;
}

export type Answering = (
  operation: string,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
) => void;

export async function serve(answer: Answering): Promise<Service> {
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      answer(operation, Buffer.concat(chunks), request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

/** @param secrets by id; may be changed at any time */
export function startSecrets(secrets: Map<string, object>): Promise<Service> {
  return serve((_operation, body, _request, response) => {
    const value = secrets.get(JSON.parse(body.toString()).SecretId);
    if (value) reply(response, 200, { SecretString: JSON.stringify(value) });
    else reply(response, 400, { __type: 'AccessDeniedException', Message: 'not allowed' });
  });
}

/** As SQS has it. */
const MAX_DELAY_S = 900;

export interface QueueService extends Service {
  messages: string[];
  /** With which error every call is answered from now on. */
  refusal: string | undefined;
}

export async function startQueue(): Promise<QueueService> {
  const service = await serve((operation, body, _request, response) => {
    if (queue.refusal)
      return reply(response, 400, { __type: `com.amazonaws.sqs#${queue.refusal}`, message: 'no' });
    if (operation !== 'SendMessage') return reply(response, 200, {});
    const { MessageBody, DelaySeconds = 0 } = JSON.parse(body.toString());
    if (DelaySeconds > MAX_DELAY_S) {
      const __type = 'com.amazonaws.sqs#InvalidParameterValueException';
      return reply(response, 400, { __type, message: `Value ${DelaySeconds} for DelaySeconds is invalid` });
    }
    queue.messages.push(MessageBody);
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    return reply(response, 200, { MessageId: String(queue.messages.length), MD5OfMessageBody });
  });
  const queue: QueueService = { ...service, messages: [], refusal: undefined };
  return queue;
}

export type GateMode = 'open' | 'throttled' | 'silent';

export interface Gate extends Service {
  /** What happens to calls from now on. Those that got no answer are cut when the silence ends. */
  set(mode: GateMode): void;
  /** Operations that came, in order. */
  calls: string[];
}

/** A way to the database behind that endpoint. */
export async function startGate(target: string): Promise<Gate> {
  let mode: GateMode = 'open';
  const unanswered = new Set<ServerResponse>();
  const calls: string[] = [];
  const service = await serve((operation, body, { headers, url }, response) => {
    calls.push(operation);
    if (mode === 'silent') {
      unanswered.add(response);
      return;
    }
    if (mode === 'throttled') {
      const __type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
      reply(response, 400, { __type, message: 'the level of configured throughput was exceeded' });
      return;
    }
    const onward = forward(target + (url ?? '/'), { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  });
  return {
    ...service,
    calls,
    set(next) {
      mode = next;
      for (const response of unanswered) response.destroy();
      unanswered.clear();
    },
  };
}
