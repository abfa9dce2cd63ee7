/** Writes what waits in the queue into the log: each batch once, its arrival stamped at the write. */
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { fromMessage } from './runtime/buffer.js';
import { invocationDeadline, withinDeadline } from './runtime/deadline.js';
import { embeddedMetrics, toLog } from './runtime/metrics.js';
import {
  answerPermissionQuery,
  isPermissionQuery,
  type PermissionQuery,
} from './runtime/permission-query.js';
import type { LambdaContext } from './runtime/serve.js';

interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

interface PartialFailure {
  batchItemFailures: { itemIdentifier: string }[];
}

const metrics = embeddedMetrics(process.env.ENVIRONMENT ?? 'default', toLog);
const deadline = invocationDeadline();
const store = withinDeadline(
  dynamoStore({ driver: lean(), onDelayedWrite: () => metrics.add('LateLandings', 1) }),
  deadline,
);

/** Names the messages that could not be written now: the queue keeps those, and gives them again. */
export async function handler(
  event: QueueEvent | PermissionQuery,
  context: LambdaContext,
): Promise<PartialFailure | Awaited<ReturnType<typeof answerPermissionQuery>>> {
  if (isPermissionQuery(event)) return answerPermissionQuery('drain');
  const { Records } = event;
  deadline.set(context.getRemainingTimeInMillis());
  const startedAt = performance.now();
  const done = await Promise.all(
    Records.map(async (record) => ({ record, stored: await write(record.body) })),
  );
  metrics.add('ProcessingTime', Math.round(performance.now() - startedAt));
  metrics.flush();
  const failed = done.filter(({ stored }) => !stored);
  return { batchItemFailures: failed.map(({ record }) => ({ itemIdentifier: record.messageId })) };
}

async function write(body: string): Promise<boolean> {
  try {
    const batch = fromMessage(body);
    const outcome = await store.append(batch);
    if (outcome.kind === 'retry') {
      metrics.add('EventsRetried', outcome.event_ids.length);
      return false;
    }
    const full = outcome.kind === 'batch_name_reused' ? outcome.event_ids.length : 0;
    const lost = full + (outcome.reused?.length ?? 0);
    if (lost > 0) metrics.reject('batch_name_reused', lost);
    metrics.add('EventsProcessed', batch.events.length - lost);
    if (batch.bot) metrics.add('BotEvents', batch.events.length - lost);
    return true;
  } catch (error) {
    // Not a message of ours, or of another version: it goes to the dead-letter queue, where a person can look.
    console.error('a message of the buffer could not be read', error);
    metrics.add('ProcessingErrors', 1);
    return false;
  }
}
