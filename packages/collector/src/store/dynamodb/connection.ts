/** Calls of DynamoDB's API, and what its replies tell of its clock. */
import { awsClient, type WatchedConnectionOptions } from '../aws/client.js';
import type { AwsService } from '../aws/service.js';
import { LATE_LANDING_MS, type LateLanding, type StoreClock, storeClock } from './clock.js';

const DYNAMODB: AwsService = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
};

export type Operation =
  | 'PutItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'Query'
  | 'BatchExecuteStatement'
  | 'CreateTable'
  | 'DescribeTable'
  | 'DescribeTimeToLive'
  | 'UpdateTimeToLive';

export interface Connection {
  clock: StoreClock;
  /** Sends one request as prepared JSON, once; `stampedAt` is the arrival that a write carries. Rejects with what the store answered. */
  call<Reply>(operation: Operation, body: string, stampedAt?: number): Promise<Reply>;
  close(): void;
}

export function connect(
  options: WatchedConnectionOptions,
  onLateLanding: (late: LateLanding) => void = () => {},
): Connection {
  const client = awsClient(DYNAMODB, options);
  const clock = storeClock();
  return {
    clock,
    async call<Reply>(operation: Operation, body: string, stampedAt?: number) {
      const askedAt = Date.now();
      let repliedAt: number | undefined;
      const reply = await client.call<Reply>(operation, body, clock.now(), (date) => {
        repliedAt = clock.observe(date, askedAt, Date.now());
      });
      if (stampedAt !== undefined && repliedAt !== undefined && repliedAt - stampedAt > LATE_LANDING_MS) {
        onLateLanding({ stampedAt, repliedAt });
      }
      return reply;
    },
    close: client.close,
  };
}
