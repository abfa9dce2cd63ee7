/** Lets other commands of this user reach the store of the process that has the folder open. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import type { NewBatch, Store } from '@liveinsight/collector';
import type { StoreAccess } from './lock-file.js';
import { randomText } from './private-file.js';
import { REMOTE_CALLS, type RemoteCall, type RemoteReply, type SentBatch } from './remote-store.js';

/** Of a request: a batch, or a part of a segment. */
const MAX_BODY_BYTES = 16 * 1_024 * 1_024;

export interface StoreServer extends StoreAccess {
  close(): Promise<void>;
}

export async function serveStore(store: Store): Promise<StoreServer> {
  const key = randomText();
  const server = createServer((request, response) => void answer(store, key, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    key,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  store: Store,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Web pages reach ports of this machine, too. None of them knows the key.
  const isAllowed =
    request.headers.origin === undefined && isSame(request.headers.authorization, `Bearer ${key}`);
  const isTooLarge = !(Number(request.headers['content-length']) <= MAX_BODY_BYTES);
  if (!isAllowed || isTooLarge) {
    request.resume();
    response.writeHead(isAllowed ? 413 : 403).end();
    return;
  }
  const reply = await execute(store, deserialize(await buffer(request)) as RemoteCall);
  response.end(serialize(reply));
}

async function execute(store: Store, { name, args }: RemoteCall): Promise<RemoteReply> {
  try {
    if (name === 'append') return { value: await store.append(toBatch(args[0] as SentBatch)) };
    const known = REMOTE_CALLS.find((call) => call === name);
    if (!known) throw new Error(`unknown call ${JSON.stringify(name)}`);
    const call = store[known] as (...args: unknown[]) => Promise<unknown>;
    return { value: await call(...args) };
  } catch (error) {
    const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name: kind, message } };
  }
}

const toBatch = ({ shard, ...batch }: SentBatch): NewBatch => ({ ...batch, shardAt: () => shard });

const isSame = (given = '', wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string) => createHash('sha256').update(text).digest();
