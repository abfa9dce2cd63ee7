import Fastify from 'fastify';
import { toFastify } from '@liveinsight/collector/fastify';
import { collector } from './liveinsight.mjs';

const fastify = Fastify({ logger: true });
fastify.register(toFastify(collector()));

fastify.get('/', (request, reply) => {
  reply.type('text/html').send('<!doctype html><title>Shop</title><script async src="/analytics/liveinsight.js" data-site="shop"></script><h1>Shop</h1>');
});

await fastify.listen({ port: Number(process.env.PORT ?? 3000) });
