/** An emulator of AWS that knows nothing of LiveInsight: moto, with the functions' programs behind its Lambda, and dynoxide as its DynamoDB. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Reply {
  status: number;
  text: string;
}

/** What answers instead of the emulator; undefined where it knows the call itself. */
export type Answerer = (call: Call) => Promise<Reply | undefined> | Reply | undefined;

export interface Call {
  service: string;
  /** As `StartMessageMoveTask`; of services with paths, the method. */
  operation: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Emulator {
  endpoint: string;
  /** Before the emulator is asked; the last one first. */
  answerers: Answerer[];
  /** A call of a JSON service. */
  call<Result>(service: string, target: string, body: object): Promise<Result>;
  /** A call of a service with parameters in a form. */
  query(service: string, parameters: Record<string, string>): Promise<void>;
  /** A call of Lambda. */
  lambda(method: string, path: string, body?: object): Promise<void>;
  close(): Promise<void>;
}

const READY_CHECK_MS = 50;

export async function startEmulator(motoServer: string): Promise<Emulator> {
  const port = await freePort();
  const moto = spawn(motoServer, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const kill = () => void moto.kill('SIGKILL');
  process.once('exit', kill);
  const target = `http://127.0.0.1:${port}`;
  while (!(await answers(`${target}/moto-api/`))) {
    if (moto.exitCode !== null) throw new Error('moto_server ended before it was ready');
    await wait(READY_CHECK_MS);
  }
  // Functions run here, not in containers.
  await fetch(`${target}/moto-api/config`, { method: 'POST', body: '{"lambda":{"use_docker":false}}' });

  const answerers: Answerer[] = [];
  const server = createHttpServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray());
      const call = describeCall(request, body.toString());
      const reply = await answer(call);
      if (reply) {
        response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' }).end(reply.text);
        return;
      }
      const headers = { ...request.headers, connection: 'close' };
      const onward = forward(target + call.path, { method: request.method, headers }, (answered) => {
        response.writeHead(answered.statusCode ?? 500, answered.headers);
        answered.pipe(response);
      });
      onward.end(body);
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function answer(call: Call): Promise<Reply | undefined> {
    for (const answerer of answerers.toReversed()) {
      const reply = await answerer(call);
      if (reply) return reply;
    }
    return undefined;
  }

  async function send(service: string, path: string, init: RequestInit): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request`;
    const response = await fetch(target + path, { ...init, headers: { ...init.headers, authorization } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${path} ${init.body}: ${response.status} ${text}`);
    return text;
  }

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerers,
    async call(service, name, body) {
      const headers = { 'x-amz-target': name, 'content-type': 'application/x-amz-json-1.0' };
      return JSON.parse(
        (await send(service, '/', { method: 'POST', headers, body: JSON.stringify(body) })) || '{}',
      );
    },
    async query(service, parameters) {
      await send(service, '/', { method: 'POST', body: new URLSearchParams(parameters) });
    },
    async lambda(method, path, body) {
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      await send('lambda', `/2015-03-31/functions${path}`, { method, ...content });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      process.off('exit', kill);
      const ended = once(moto, 'exit');
      kill();
      await ended;
    },
  };
}

function describeCall({ headers, method = '', url = '/' }: IncomingMessage, body: string): Call {
  return {
    service: /\/([\w-]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '',
    operation:
      String(headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) || method,
    path: url,
    headers,
    body,
  };
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
