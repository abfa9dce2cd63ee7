/** The queue between taking events and storing them, for spikes: what it can't hand over goes to a dead-letter queue. */
import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployedFunction } from './deployed-function.js';
import { type Deployment, resourceName } from './options.js';

export interface Buffer {
  queue: Queue;
  deadLetters: Queue;
}

/** Retention of messages in days: the maximum of SQS. */
const RETENTION_DAYS = 14;
/** Deliveries after which a message is dead. */
const DELIVERIES = 10;
/** AWS asks for six times the function's own time. */
const VISIBILITY_FACTOR = 6;

export function createBuffer(
  scope: Construct,
  { ingest, drain }: { ingest: DeployedFunction; drain: DeployedFunction },
  deployment: Deployment,
): Buffer {
  const { encryptionKey } = deployment;
  const queueProps = {
    retentionPeriod: Duration.days(RETENTION_DAYS),
    enforceSSL: true,
    ...(encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED }),
  };
  const deadLetters = new Queue(scope, 'DeadLetters', {
    ...queueProps,
    queueName: resourceName(deployment, 'dead-letters'),
  });
  const queue = new Queue(scope, 'Buffer', {
    ...queueProps,
    queueName: resourceName(deployment, 'buffer'),
    visibilityTimeout: Duration.seconds(VISIBILITY_FACTOR * drain.spec.timeoutS),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: DELIVERIES },
  });
  queue.grant(ingest.function, 'sqs:SendMessage', 'sqs:GetQueueAttributes');
  ingest.function.addEnvironment('BUFFER_QUEUE_URL', queue.queueUrl);
  drain.live.addEventSource(
    new SqsEventSource(queue, {
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      // A spike is spread over time instead of over the tables.
      maxConcurrency: 50,
    }),
  );
  return { queue, deadLetters };
}
