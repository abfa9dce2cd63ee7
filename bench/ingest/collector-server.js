// The whole way: Express, the collector, the DynamoDB store of the endpoint given.
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toExpress } from '@liveinsight/collector/express';
import express from 'express';
import { serve } from './serve.js';

const [endpoint = ''] = process.argv.slice(2);
const collector = createCollector({
  store: dynamoStore({ endpoint }),
  secret: 'a secret for the benchmark',
  sites: [{ id: 'shop', origins: ['https://shop.example'] }],
  defaultSite: 'shop',
});
serve(express().use(toExpress(collector)));
