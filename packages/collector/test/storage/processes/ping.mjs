// Asks the database of the endpoint given whether it can be used, as any program would.
import { dynamoStore } from '@liveinsight/collector/dynamodb';

const store = dynamoStore({ endpoint: process.argv[2] });
await store.ping();
await store.close();
console.log('ready');
