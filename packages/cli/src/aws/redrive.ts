/** Moves the batches of the dead-letter queue back to the buffer. */
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { print } from '../print.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { withAwsHints } from './error-hints.js';

export async function redrive(deployment: Deployment): Promise<void> {
  const client = new SQSClient(clientOptions(deployment));
  try {
    await withAwsHints(deployment, 'redrive', async () => {
      const QueueName = resourceName(deployment, 'dead-letters');
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages'],
        }),
      );
      const waiting = Number(Attributes.ApproximateNumberOfMessages ?? 0);
      if (waiting === 0) {
        print(`${QueueName} is empty.`);
        return;
      }
      await client.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes.QueueArn }));
      print(`Moving ${waiting} batches back to ${resourceName(deployment, 'buffer')}. Each is stored once.`);
    });
  } finally {
    client.destroy();
  }
}
