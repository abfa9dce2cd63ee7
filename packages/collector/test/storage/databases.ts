/** The databases that the store is tested on. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { describe } from 'vitest';
import { hasDynoxide, startDynoxide } from '../../../../scripts/dynoxide.mjs';

export interface Database {
  endpoint: string;
  close(): Promise<void>;
}

/** `suite` counts its tests as not run where the database can't: a failure on CI. */
export const databases = [
  { name: 'dynalite', start: (): Promise<Database> => startDynalite(), suite: describe },
  {
    name: hasDynoxide ? 'dynoxide' : 'dynoxide, which npm has for Linux on x64 alone',
    start: (): Promise<Database> => startDynoxide(),
    suite: describe.runIf(hasDynoxide),
  },
];

/** A client of the SDK, as an application may bring its own. */
export const clientOf = ({ endpoint }: { endpoint: string }) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
