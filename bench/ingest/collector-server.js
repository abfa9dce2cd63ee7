// The whole way: Express, the collector, the DynamoDB store of the endpoint and by the driver (`SDK` or `lean`) given, and `all` that can
// be found out about an event.
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import { lean } from '@liveinsight/collector/lean';
import express from 'express';
import { allOptions, setRules } from './everything.js';
import { serve } from './serve.js';

const [endpoint = '', driver, extent] = process.argv.slice(2);
const isAll = extent === 'all';
const collector = createCollector({
  store: dynamoStore(driver === 'lean' ? { driver: lean({ endpoint }) } : { endpoint }),
  secret: 'a secret for the benchmark',
  sites: [{ id: 'shop', origins: ['https://shop.example'] }],
  defaultSite: 'shop',
  ...(isAll ? await allOptions() : {}),
});
if (isAll) await setRules(collector);
serve(express().use(toExpress(collector)));
