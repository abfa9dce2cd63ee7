/** One contract, over every platform a collector can be mounted on. */
import type { Collector } from '@liveinsight/collector';
import { toExpress } from '@liveinsight/collector/express';
import { toFastify } from '@liveinsight/collector/fastify';
import { type LambdaHandler, toLambda } from '@liveinsight/collector/lambda';
import { toNodeListener } from '@liveinsight/collector/node';
import { describeAdapter, type MountedCollector } from '@liveinsight/testing/contracts';
import express from 'express';
import express4 from 'express4';
import fastify from 'fastify';
import { Hono } from 'hono';
import { listen, startStore } from './fixtures.js';
import * as events from './lambda-events.js';

type Mount = (collector: Collector) => Promise<MountedCollector>;

/** Beside an application's own routes. */
const shared: Record<string, Mount> = {
  'Express 5': (collector) => listen(express().use(toExpress(collector))),
  Fastify: async (collector) => {
    const app = fastify();
    app.register(toFastify(collector));
    return mountFastify(app, '');
  },
};

const streaming: Record<string, Mount> = {
  ...shared,
  'Node’s own server': (collector) => listen(toNodeListener(collector)),
  'Express 4 under a path, behind body parsers': (collector) =>
    listen(
      express4()
        .use(express4.json())
        .use(express4.urlencoded({ extended: false }))
        .use('/analytics', toExpress(collector)),
      '/analytics',
    ),
  'Fastify under a prefix': async (collector) => {
    const app = fastify();
    app.register(toFastify(collector), { prefix: '/analytics' });
    return mountFastify(app, '/analytics');
  },
  Hono: async (collector) => {
    const app = new Hono().all('*', (c) => collector.fetch(c.req.raw, { ip: '198.51.100.7' }));
    return { fetch: async (path, init) => app.request(path, init), close: async () => {} };
  },
};

const lambda: Record<string, Parameters<typeof events.invoke>[1]> = {
  'Lambda behind a REST API': events.v1,
  'Lambda behind a REST API, with the stage in the path': events.v1WithStage,
  'Lambda behind an HTTP API': events.v2,
  'Lambda behind a function URL': events.functionUrl,
  'Lambda behind a load balancer': events.alb,
  'Lambda behind a load balancer with multi-value headers': events.albMultiValue,
};

for (const [name, mount] of Object.entries(streaming)) {
  describeAdapter(name, { mount, startStore, streams: true, shared: name in shared });
}
for (const [name, makeEvent] of Object.entries(lambda)) {
  const mount = async (collector: Collector) => {
    const handler: LambdaHandler = toLambda(collector);
    return events.invoke(handler, makeEvent);
  };
  describeAdapter(name, { mount, startStore, streams: false });
}

async function mountFastify(app: ReturnType<typeof fastify>, prefix: string): Promise<MountedCollector> {
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    fetch: (path, init) => fetch(`${address}${prefix}${path}`, init),
    close: () => {
      app.server.closeAllConnections();
      return app.close().then(() => {});
    },
  };
}
