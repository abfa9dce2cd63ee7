import { createTables, type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { describeStore } from '@liveinsight/testing/contracts';
import { describe } from 'vitest';
import { databases } from './databases.js';

const drivers: { by: string; options: (endpoint: string) => DynamoStoreOptions }[] = [
  { by: 'the SDK', options: (endpoint) => ({ endpoint }) },
  { by: 'the lean driver', options: (endpoint) => ({ driver: lean({ endpoint }) }) },
];

for (const { name, start, suite } of databases) {
  suite(`On ${name}`, () => {
    describe.each(drivers)('through $by', ({ options }) => {
      describeStore('the DynamoDB store', async () => {
        const { endpoint, close } = await start();
        await createTables(options(endpoint));
        return { open: () => dynamoStore(options(endpoint)), close };
      });
    });
  });
}
