/** The buffer's queue and its dead-letter queue: how much waits there, and how long. */
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Clients } from './clients.js';
import { type Deployment, resourceName } from './deployment.js';
import { isNotFound } from './error-hints.js';

const AGE_PERIOD_S = 300;
/** SQS publishes every minute, some minutes late. */
const AGE_WINDOW_MS = 900_000;

export interface Queue {
  url: string;
  arn: string;
  messages: number;
  /** Delivered and neither stored nor given back. */
  inFlight: number;
}

/** Undefined where there is no such queue. */
export async function readQueue(client: SQSClient, QueueName: string): Promise<Queue | undefined> {
  try {
    const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      url: QueueUrl,
      arn: Attributes.QueueArn ?? '',
      messages: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export interface Queues {
  buffer: number;
  deadLetters: number;
  /** How long the oldest batch has waited, at most, within the last quarter of an hour; undefined where unknown. */
  oldestSeconds: number | undefined;
}

/** Undefined where ingest writes to the tables itself. */
export async function readQueues(
  { sqs, cloudWatch }: Clients,
  deployment: Deployment,
): Promise<Queues | undefined> {
  const [buffer, deadLetters] = await Promise.all([
    readQueue(sqs, resourceName(deployment, 'buffer')),
    readQueue(sqs, resourceName(deployment, 'dead-letters')),
  ]);
  if (!buffer) return undefined;
  const now = Date.now();
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: resourceName(deployment, 'buffer') }],
      StartTime: new Date(now - AGE_WINDOW_MS),
      EndTime: new Date(now),
      Period: AGE_PERIOD_S,
      Statistics: ['Maximum'],
    }),
  );
  const ages = Datapoints.flatMap(({ Maximum }) => Maximum ?? []);
  return {
    buffer: buffer.messages + buffer.inFlight,
    deadLetters: deadLetters?.messages ?? 0,
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : undefined,
  };
}
