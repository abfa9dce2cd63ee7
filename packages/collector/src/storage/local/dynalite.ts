/** dynalite: DynamoDB's API in JavaScript on LevelDB, within this process. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { assertValid, filledText, integerWithin, strictObject } from '../../validation/closed.js';
import { closeIterators } from './close-iterators.js';
import { guardRequests } from './guard.js';
import { markClosed, openRepaired } from './repair.js';

export interface DynaliteOptions {
  /** Directory of the data, made where missing; one process's at a time. Default: memory alone. */
  path?: string;
  /** TCP port on 127.0.0.1. Default: a free one. */
  port?: number;
  /** Answers only requests that are signed with this access key; the signature itself is not checked. Default: any. */
  accessKeyId?: string;
}

export interface Dynalite {
  /** For `dynamoStore({ endpoint })`. */
  endpoint: string;
  /** Ends connections and closes the data. */
  close(): Promise<void>;
}

/** What is under way when the database is closed gets this long to be answered. */
const ANSWERED_WITHIN_MS = 2_000;

const OptionsSchema = strictObject(
  {
    path: v.optional(filledText),
    port: v.optional(integerWithin(0, 65_535)),
    accessKeyId: v.optional(filledText),
  },
  'its options',
);

type CreateServer = (options: { path?: string; createTableMs: number }) => Server;

/**
 * Starts dynalite, for programs on this machine: web pages are refused. Data that a killed process left are put in order
 * first. Rejects where the port is taken or the data are another process's.
 */
export async function startDynalite(options: DynaliteOptions = {}): Promise<Dynalite> {
  assertValid(OptionsSchema, options, 'startDynalite');
  const { path, port = 0, accessKeyId } = options;
  const { default: createServer } = (await import('dynalite')) as { default: CreateServer };
  await closeIterators();
  if (path !== undefined) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    await openRepaired(path);
  }
  const server = createServer({ createTableMs: 0, ...(path === undefined ? {} : { path }) });
  guardRequests(server, accessKeyId);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${address.port}`;
  const answered = watchRequests(server);
  await opened(endpoint, accessKeyId);
  return {
    endpoint,
    async close() {
      await answered();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      if (path !== undefined) markClosed(path);
    },
  };
}

/** dynalite opens its data behind the first requests: until one is answered, another process could open them. */
async function opened(endpoint: string, accessKeyId = 'any'): Promise<void> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${accessKeyId}/${date.slice(0, 8)}/local/dynamodb/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': date,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=any`,
      connection: 'close',
    },
    body: '{}',
  });
  if (!response.ok) throw new Error(`the embedded database does not open: ${await response.text()}`);
  await response.body?.cancel();
}

/** A request that is looked at when the data are closed already ends the process: resolves when none is under way, or after 2 s. */
function watchRequests(server: Server): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  server.on('request', (_request, response) => {
    const ended = new Promise((resolve) => response.once('close', resolve));
    underWay.add(ended);
    void ended.then(() => underWay.delete(ended));
  });
  return async () => {
    const patience = new AbortController();
    const allAnswered = Promise.all(underWay);
    await Promise.race([allAnswered, wait(ANSWERED_WITHIN_MS, undefined, { signal: patience.signal })]);
    patience.abort();
  };
}
