import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { describeEventStore } from '@liveinsight/collector/testing';
import { databases } from './databases.js';

for (const { name, start, suite } of databases) {
  suite(`On ${name}`, () => {
    describeEventStore('the DynamoDB store', async () => {
      const { endpoint, close } = await start();
      await createTables({ endpoint });
      return { open: () => dynamoStore({ endpoint }), close };
    });
  });
}
