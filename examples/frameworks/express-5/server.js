import express from 'express';
import { toExpress } from '@liveinsight/collector/express';
import { collector } from './liveinsight.mjs';

const app = express();
app.use(toExpress(collector()));

app.get('/', (request, response) => {
  response.send('<!doctype html><title>Shop</title><script async src="/analytics/liveinsight.js" data-site="shop"></script><h1>Shop</h1>');
});

app.listen(process.env.PORT ?? 3000);
