/** The AWS region of this machine. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The region that the AWS SDK finds in the environment or the profile. */
export async function findRegion(): Promise<string | undefined> {
  const client = new DynamoDBClient({});
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
