/** The databases that the store is tested on. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynalite, startDynamoDbLocal } from '@liveinsight/collector/local';
import { describe } from 'vitest';

export interface Database {
  endpoint: string;
  close(): Promise<void>;
}

const java = process.env.JAVA_PATH;

/** `suite` counts its tests as not run where the database can't: a failure on CI. */
export const databases = [
  { name: 'dynalite', start: (): Promise<Database> => startDynalite(), suite: describe },
  {
    name: java ? 'DynamoDB Local' : 'DynamoDB Local, which could not run: there is no Java 17 or later',
    start: (): Promise<Database> => startDynamoDbLocal(),
    suite: describe.runIf(java),
  },
];

/** A client of the SDK, as an application may bring its own. */
export const clientOf = ({ endpoint }: { endpoint: string }) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
