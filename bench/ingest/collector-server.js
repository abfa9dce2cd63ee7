// The whole way: Express, the collector, the DynamoDB store of the endpoint and by the driver (`sdk` or `lean`) given.
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import { lean } from '@liveinsight/collector/lean';
import express from 'express';
import { serve } from './serve.js';

const [endpoint = '', driver] = process.argv.slice(2);
const collector = createCollector({
  store: dynamoStore(driver === 'lean' ? { driver: lean({ endpoint }) } : { endpoint }),
  secret: 'a secret for the benchmark',
  sites: [{ id: 'shop', origins: ['https://shop.example'] }],
  defaultSite: 'shop',
});
serve(express().use(toExpress(collector)));
