/** What carries the store's requests: a client of the SDK, given or its own, or the lean driver. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, type Database } from './databases.js';

const DRIVERS: { by: string; options: (endpoint: string) => DynamoStoreOptions }[] = [
  { by: 'the lean driver', options: (endpoint) => ({ driver: lean({ endpoint }) }) },
  { by: 'the SDK', options: (endpoint) => ({ endpoint }) },
  { by: 'a client that is given', options: (endpoint) => ({ client: clientOf({ endpoint }) }) },
  {
    by: 'a document client that is given',
    options: (endpoint) => ({ client: DynamoDBDocumentClient.from(clientOf({ endpoint })) }),
  },
];

let database: Database;
const servers: Server[] = [];
beforeAll(async () => {
  database = await startDynalite();
  await createTables(database);
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
afterAll(() => database.close());

/** Between store and database: `interfere` ends the response in the database's place, and returns true where it did. */
async function startProxy(
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<{ endpoint: string; received: IncomingMessage[] }> {
  const received: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    received.push(request);
    const { host, connection, ...headers } = request.headers;
    const answer = await fetch(database.endpoint, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body,
    });
    const text = await answer.text();
    if (interfere(request, response)) return;
    response.writeHead(answer.status, { date: new Date().toUTCString() }).end(text);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const reply = (status: number, type: string, message: string) => (_: unknown, response: ServerResponse) => {
  response.writeHead(status, { date: new Date().toUTCString() });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
  return true;
};

describe.each(DRIVERS)('Through $by', ({ options }) => {
  it('a batch is stored and read back, and refused once the store is closed', async () => {
    const site = `stored-${DRIVERS.findIndex((driver) => driver.options === options)}`;
    const store = dynamoStore(options(database.endpoint));
    expect(await store.append(sampleBatch(['event-1'], { site }))).toMatchObject({ kind: 'stored' });
    expect(await store.session(site, 'session-1')).toHaveLength(1);
    await store.close();
    expect(await store.append(sampleBatch(['event-2'], { site }))).toMatchObject({ kind: 'retry' });
  });

  it.each([
    [
      'a refusal',
      reply(400, 'AccessDeniedException', 'no dynamodb:Query'),
      /^AccessDeniedException: no dynamodb:Query \(the credentials lack a permission/,
    ],
    ['a table that is missing', reply(400, 'ResourceNotFoundException', 'none'), /tables create/],
    [
      'an error without a type',
      (_: unknown, response: ServerResponse) => !!response.writeHead(404).end('{}'),
      /^RequestRefused: HTTP 404$/,
    ],
    [
      'a token that has expired',
      reply(400, 'ExpiredTokenException', 'old'),
      /^ExpiredTokenException: old \(the cred/,
    ],
  ])('%s is the same error', async (_, interfere, message) => {
    const { endpoint, received } = await startProxy(interfere);
    const store = dynamoStore(options(endpoint));
    await expect(store.session('shop', 'session-1')).rejects.toThrow(message);
    expect(received).toHaveLength(1);
    await store.close();
  });

  it.each([
    ['a throttle', reply(400, 'ProvisionedThroughputExceededException', 'too much')],
    ['a failure of the service', reply(500, 'InternalServerError', 'out of order')],
    ['a connection that is cut', (request: IncomingMessage) => !!request.socket.destroy()],
    [
      'a response that is cut',
      (request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{', () => request.socket.destroy());
        return true;
      },
    ],
  ])('%s is tried again, and a write that was executed is known as its own', async (name, interfere) => {
    let faults = 0;
    const { endpoint } = await startProxy((request, response) => {
      faults += 1;
      return faults === 1 && interfere(request, response);
    });
    const store = dynamoStore(options(endpoint));
    const site = `again-${DRIVERS.findIndex((driver) => driver.options === options)}-${name.replaceAll(' ', '-')}`;
    const setting = { kind: 'annotation', id: 'a', version: 1, body: '{}' } as const;
    // The throttled one was executed, too, by this proxy, which AWS's would not be.
    const expected = name !== 'a throttle';
    expect(await store.putSetting(site, setting)).toBe(expected);
    expect(await store.settings(site, 'annotation')).toEqual([setting]);
    await store.close();
  });

  it('nothing that listens is the same error', async () => {
    const store = dynamoStore(options('http://127.0.0.1:1'));
    await expect(store.session('shop', 'session-1')).rejects.toThrow(
      /^ECONNREFUSED: .*\(nothing listens there/,
    );
    await store.close();
  });
});

describe('A client that is given', () => {
  it('has its middleware see each request and change its input and headers', async () => {
    const { endpoint, received } = await startProxy(() => false);
    const client = DynamoDBDocumentClient.from(clientOf({ endpoint }));
    const seen: string[] = [];
    client.middlewareStack.add(
      (next, context) => (args) => {
        const { TableName } = args.input as { TableName?: string };
        seen.push(`${context.commandName} ${TableName}`);
        return next({ ...args, input: { ...args.input, TableName: `prefixed-${TableName}` } as never });
      },
      { step: 'initialize', name: 'prefix' },
    );
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-of-the-shop'] = 'yes';
        return next(args);
      },
      { step: 'build', name: 'header' },
    );
    const names = { ...database, eventsTable: 'prefixed-e', rollupsTable: 'prefixed-r' };
    await createTables(names);
    const store = dynamoStore({ client, eventsTable: 'e', rollupsTable: 'r' });
    await store.ping();
    expect(seen.sort()).toEqual(['GetItemCommand r', 'QueryCommand e']);
    expect(received.map(({ headers }) => headers['x-of-the-shop'])).toEqual(['yes', 'yes']);
  });

  it('has its retries repeat a request, and a write that they repeated is known as its own', async () => {
    let faults = 0;
    const { endpoint, received } = await startProxy((request, response) => {
      faults += 1;
      return faults === 1 && reply(500, 'InternalServerError', 'out of order')(request, response);
    });
    const store = dynamoStore({ client: clientOf({ endpoint }) });
    const setting = { kind: 'annotation', id: 'a', version: 1, body: '{}' } as const;
    expect(await store.putSetting('retried', setting)).toBe(true);
    const attempts = received
      .slice(0, 2)
      .map(({ headers }) => String(headers['amz-sdk-request']).split(';')[0]);
    expect(attempts).toEqual(['attempt=1', 'attempt=2']);
  });

  it('stays open when the store is closed', async () => {
    const client = clientOf(database);
    await createTables({ client });
    await dynamoStore({ client }).close();
    await expect(dynamoStore({ client }).ping()).resolves.toBeUndefined();
    client.destroy();
  });

  it.each([
    [{ region: 'eu-central-1' }, '"region" can\'t be given with "client": set it where the client is made'],
    [{ driver: lean() }, '"driver" can\'t be given with "client": give one of them'],
  ])('is refused beside what it would not heed: %o', (more, message) => {
    expect(() => dynamoStore({ client: new DynamoDBClient({ region: 'us-east-1' }), ...more })).toThrow(
      message,
    );
  });
});

it('A store writes nothing to the console when it starts, whatever the version of Node', async () => {
  const program = fileURLToPath(new URL('processes/ping.mjs', import.meta.url));
  const { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: _, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, [program, database.endpoint], { env });
  expect(await run).toEqual({ stdout: 'ready\n', stderr: '' });
});
