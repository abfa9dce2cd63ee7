/** The function for ingest through a queue: takes what comes, however fast, and leaves the writing to `drain`. */
import { awsClient, retryTransient } from '@liveinsight/collector/aws';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { createIngestCollector } from '@liveinsight/collector/ingest';
import { lean } from '@liveinsight/collector/lean';
import { bufferedStore } from './runtime/buffer.js';
import { serve } from './runtime/serve.js';
import { SQS } from './runtime/sqs.js';

/** What ingest needs of a table: salts, for visitors without an id are named before the queue, which sees no address, and rules for what is left out. */
const tables = dynamoStore({ driver: lean() });
const client = awsClient(SQS);
const call = (operation: string, input: object) =>
  retryTransient(() => client.call(operation, JSON.stringify({ QueueUrl, ...input })));
const QueueUrl = process.env.BUFFER_QUEUE_URL ?? '';

export const handler = serve({
  createCollector: createIngestCollector,
  store: (_metrics, { options }) =>
    bufferedStore(
      {
        // A message that is sent twice changes nothing: the log has each batch once.
        send: (MessageBody) => call('SendMessage', { MessageBody }),
        check: () => call('GetQueueAttributes', { AttributeNames: ['QueueArn'] }),
      },
      options.sites,
      tables,
    ),
  taken: 'EventsBuffered',
});
