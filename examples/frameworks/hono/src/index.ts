import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getConnInfo } from '@hono/node-server/conninfo';
import { collector } from './liveinsight.js';

const app = new Hono();
app.all('/analytics/*', (context) =>
  collector().fetch(context.req.raw, { ip: getConnInfo(context).remote.address }),
);

app.get('/', (context) => context.html('<!doctype html><title>Shop</title><script async src="/analytics/liveinsight.js" data-site="shop"></script><h1>Shop</h1>'));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
