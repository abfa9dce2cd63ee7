/** One contract for connections, over every server that is Node's own. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Collector } from '@liveinsight/collector';
import { toExpress } from '@liveinsight/collector/express';
import { toFastify } from '@liveinsight/collector/fastify';
import { toNodeListener } from '@liveinsight/collector/node';
import { type Before, type ConnectionFixture, describeConnections } from '@liveinsight/testing/contracts';
import express from 'express';
import express4 from 'express4';
import fastify from 'fastify';
import { startStore } from './fixtures.js';

/** As the README has it for Node's own server, and all that runs on it. */
async function serveAsDocumented(collector: Collector, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async shutDown() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await collector.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const onExpress =
  (make: typeof express) =>
  (collector: Collector, before: Before): ReturnType<ConnectionFixture['listen']> =>
    serveAsDocumented(
      collector,
      make()
        .use(async (request, response, next) => {
          await before(request, response);
          next();
        })
        .use(toExpress(collector)),
    );

const listeners: Record<string, ConnectionFixture['listen']> = {
  'Express 4': onExpress(express4),
  'Express 5': onExpress(express),
  'Node’s own server': (collector, before) => {
    const listener = toNodeListener(collector);
    return serveAsDocumented(collector, async (request, response) => {
      await before(request, response);
      listener(request, response);
    });
  },
  async Fastify(collector, before) {
    const app = fastify();
    app.addHook('onRequest', async (request, reply) => before(request.raw, reply.raw));
    app.register(toFastify(collector));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return {
      port: (app.server.address() as AddressInfo).port,
      async shutDown() {
        await app.close();
        await collector.close();
      },
    };
  },
};

for (const [name, listen] of Object.entries(listeners)) describeConnections(name, { listen, startStore });
