/** The function for ingest through a queue: takes what comes, however fast, and leaves the writing to `drain`. */
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { bufferedStore } from './runtime/buffer.js';
import { serve } from './runtime/serve.js';

const client = new SQSClient({ maxAttempts: 3 });
const QueueUrl = process.env.BUFFER_QUEUE_URL ?? '';

export const handler = serve({
  store: (_metrics, { options }) =>
    bufferedStore(
      {
        send: (MessageBody) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
        check: () => client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })),
      },
      options.sites,
    ),
  taken: 'EventsBuffered',
});
