/** What every adapter of Node's servers does with connections that pause, break off, or are answered by something else. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { CollectorReply, Store } from '@liveinsight/collector';
import { type Collector, createCollector } from '@liveinsight/collector';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoreFixture } from './store-fixture.js';

/** A server on 127.0.0.1 in which a collector is mounted. */
export interface ListeningServer {
  port: number;
  /** Shuts down as the documentation of the adapter says, and resolves when no connection is left. */
  shutDown(): Promise<void>;
}

/** Runs before the collector sees a request, as an application's own middleware does. */
export type Before = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface ConnectionFixture {
  listen(collector: Collector, before: Before): Promise<ListeningServer>;
  /** An empty database with its tables. */
  startStore(): Promise<StoreFixture<Store>>;
}

const READ_KEY = 'a-read-key-of-the-contract';
const EVENT = '{"event_type":"page_view","session_id":"SESSION"}';
const LONG_MS = 150;
const STREAM_PARTS = 400;
const PART_BYTES = 65_536;

export function describeConnections(name: string, { listen, startStore }: ConnectionFixture): void {
  describe(`connections of ${name}`, () => {
    let fixture: StoreFixture<Store>;
    let collector: Collector;
    let server: ListeningServer;
    let before: Before;
    /** Requests that the adapter has given the collector and that are not settled. */
    let underWay: number;
    /** Answers in the collector's place. */
    let answer: (() => Promise<CollectorReply>) | undefined;
    const sockets: Socket[] = [];
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown) => void unhandled.push(error);

    beforeAll(async () => {
      fixture = await startStore();
      process.on('unhandledRejection', onUnhandled);
    }, 60_000);
    beforeEach(async () => {
      before = () => {};
      answer = undefined;
      underWay = 0;
      collector = createCollector({
        store: fixture.open(),
        secret: 'a secret of the connection contract',
        sites: [{ id: 'shop' }],
        defaultSite: 'shop',
        readKeys: [READ_KEY],
        rollUpEverySeconds: 0,
      });
      const counted: Collector = {
        ...collector,
        async handle(request, connection) {
          underWay += 1;
          try {
            return await (answer?.() ?? collector.handle(request, connection));
          } finally {
            underWay -= 1;
          }
        },
      };
      server = await listen(counted, (request, response) => before(request, response));
    });
    afterEach(async () => {
      for (const socket of sockets.splice(0)) socket.destroy();
      await server.shutDown();
      await collector.close();
      expect(unhandled.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      process.off('unhandledRejection', onUnhandled);
      await fixture?.close();
    });

    async function open(text: string): Promise<Socket> {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
      await once(socket, 'connect');
      socket.write(text);
      return socket;
    }
    const head = (bytes: number, method = 'POST', path = '/api/events') =>
      `${method} ${path} HTTP/1.1\r\nhost: x\r\nx-api-key: ${READ_KEY}\r\ncontent-length: ${bytes}\r\n\r\n`;
    async function received(socket: Socket, end: string): Promise<string> {
      let text = '';
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        text += String(chunk);
        if (text.includes(end)) break;
      }
      return text;
    }
    async function settled(): Promise<void> {
      await expect.poll(() => underWay).toBe(0);
    }
    const stored = async (session: string) => (await fixture.open().session('shop', session)).length;
    const post = (session: string) =>
      fetch(`http://127.0.0.1:${server.port}/api/events`, {
        method: 'POST',
        body: EVENT.replace('SESSION', session),
      });

    it('takes a body that pauses, whole', async () => {
      const body = EVENT.replace('SESSION', 'paused');
      const socket = await open(head(body.length) + body.slice(0, 20));
      await delay(LONG_MS);
      socket.write(body.slice(20));
      expect(await received(socket, 'accepted')).toContain('200 OK');
      expect(await stored('paused')).toBe(1);
    });

    it.each(['/api/events', '/api/import'])(
      'settles where the client goes within its body to %s',
      async (path) => {
        const socket = await open(`${head(100, 'POST', path)}{"event_type"`);
        await delay(LONG_MS);
        socket.destroy();
        await settled();
      },
    );

    it('settles where the client goes while a middleware before the collector is at work', async () => {
      let seen = () => {};
      const passed = new Promise<void>((resolve) => {
        seen = resolve;
      });
      before = async (_request, response) => {
        await once(response, 'close');
        setImmediate(seen);
      };
      const socket = await open(`${head(100)}{"event_type"`);
      await delay(LONG_MS);
      socket.destroy();
      await passed;
      await settled();
      await collector.close();
    });

    it('leaves it at the reply of a time-out that comes within the body', async () => {
      before = (_request, response) => {
        setTimeout(() => response.writeHead(503).end('slow'), LONG_MS);
      };
      const body = EVENT.replace('SESSION', 'timed-out');
      const socket = await open(head(body.length) + body.slice(0, 20));
      expect(await received(socket, 'slow')).toContain('503');
      await settled();
      socket.write(body.slice(20));
      before = () => {};
      expect((await post('after-time-out')).status).toBe(200);
    });

    it('leaves it at the reply of a time-out that comes before the collector’s', async () => {
      before = (_request, response) => {
        setTimeout(() => response.writeHead(503).end('slow'), LONG_MS / 3);
      };
      answer = async () => {
        await delay(LONG_MS);
        return { status: 200, headers: {}, body: 'late' };
      };
      expect(await (await post('late')).text()).toBe('slow');
      await settled();
      const { reply, state } = longStream();
      answer = async () => {
        await delay(LONG_MS);
        return reply();
      };
      expect(await (await post('late-stream')).text()).toBe('slow');
      await expect.poll(() => state.cancelled).toBe(true);
    });

    it('reads no further ahead than a slow reader takes, and gives it all', async () => {
      const { reply, state } = longStream();
      answer = reply;
      const socket = await open(head(0, 'GET'));
      socket.pause();
      await delay(LONG_MS);
      // What the buffers of both ends of the connection take, at most.
      const ahead = state.pulled;
      await delay(LONG_MS);
      expect(state.pulled).toBe(ahead);
      expect(ahead).toBeLessThan(STREAM_PARTS);
      let bytes = 0;
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
      socket.resume();
      await expect.poll(() => state.pulled, { timeout: 5_000 }).toBe(STREAM_PARTS);
      await expect.poll(() => bytes, { timeout: 5_000 }).toBeGreaterThan(STREAM_PARTS * PART_BYTES);
    });

    it('ends a reply whose slow reader goes away', async () => {
      const { reply, state } = longStream();
      answer = reply;
      const socket = await open(head(0, 'GET'));
      socket.pause();
      await delay(LONG_MS);
      socket.destroy();
      await expect.poll(() => state.cancelled).toBe(true);
    });

    it('cuts the connection of a reply that fails half-way, so that nobody takes it for the whole', async () => {
      const bytes = new Uint8Array(10);
      answer = async () => ({
        status: 200,
        headers: { 'content-type': 'application/x-ndjson' },
        body: new ReadableStream(
          {
            start: (controller) => controller.enqueue(bytes),
            async pull(controller) {
              await delay(50);
              controller.error(new Error('the store is away'));
            },
          },
          { highWaterMark: 0 },
        ),
      });
      const response = await fetch(`http://127.0.0.1:${server.port}/api/events`);
      await expect(response.arrayBuffer()).rejects.toThrow();
    });

    it('shuts down as documented while a dashboard is connected', async () => {
      const socket = await open(head(0, 'GET', '/api/live'));
      expect(await received(socket, ': live')).toContain('200 OK');
      const closed = once(socket, 'close');
      socket.resume();
      await server.shutDown();
      await closed;
      await settled();
    });
  });
}

/** More than the buffers of a connection take. */
function longStream() {
  const state = { pulled: 0, cancelled: false };
  const body = () =>
    new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(new Uint8Array(PART_BYTES));
          state.pulled += 1;
          if (state.pulled === STREAM_PARTS) controller.close();
        },
        cancel() {
          state.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
  return { state, reply: async (): Promise<CollectorReply> => ({ status: 200, headers: {}, body: body() }) };
}
