/** Moves the batches of the dead-letter queue back to the buffer, and waits until they are there. */
import { setTimeout as wait } from 'node:timers/promises';
import { ListMessageMoveTasksCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { withAwsHints } from './error-hints.js';
import { type Queue, readQueue } from './queues.js';

const CHECK_MS = 1_000;
/** SQS moves hundreds of messages a second; what takes longer goes on without the command. */
const MAX_CHECKS = 600;
/** Where SQS does not tell of its tasks, the number of messages left does, unless it stands still for so many checks. */
const MAX_STILL_CHECKS = 5;

interface MoveTask {
  isRunning: boolean;
  moved: number;
  failure: string | undefined;
}

export async function redrive(deployment: Deployment): Promise<void> {
  const client = new SQSClient(clientOptions(deployment));
  try {
    await withAwsHints(deployment, 'redrive', () => moveBack(client, deployment));
  } finally {
    client.destroy();
  }
}

async function moveBack(client: SQSClient, deployment: Deployment): Promise<void> {
  const name = resourceName(deployment, 'dead-letters');
  const queue = await readQueue(client, name);
  if (!queue) {
    throw new CliError(
      `there is no queue ${name}: "${deployment.environment}" does not exist here, or has no buffer`,
      'Only deployments with "ingest": "buffered" have one. Check the name and the region.',
    );
  }
  const running = await readMoveTask(client, queue);
  if (!running?.isRunning && queue.messages === 0) {
    print(`${name} is empty.`);
    return;
  }
  const isStarted = !running?.isRunning && (await startMoving(client, queue));
  print(
    isStarted
      ? `Moving ${queue.messages} batches back to ${resourceName(deployment, 'buffer')}. Each is stored once.`
      : 'Batches are being moved already; waiting for the end.',
  );
  await waitForEnd(client, name, queue);
}

/** False where another task is under way: there is one at a time. */
async function startMoving(client: SQSClient, { arn }: Queue): Promise<boolean> {
  try {
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
    return true;
  } catch (error) {
    if (error instanceof Error && /already a task running|one active task/i.test(error.message)) return false;
    throw error;
  }
}

async function waitForEnd(client: SQSClient, name: string, queue: Queue): Promise<void> {
  let before = queue.messages;
  let still = 0;
  for (let check = 0; check < MAX_CHECKS; check += 1) {
    const task = await readMoveTask(client, queue);
    if (task?.failure) {
      throw new CliError(`${task.moved} batches were moved, then: ${task.failure}`, 'Run the command again.');
    }
    const left = (await readQueue(client, name))?.messages ?? 0;
    if (task ? !task.isRunning : left === 0) {
      print(`Moved${task ? ` ${task.moved} batches` : ''}. ${left} remain in ${name}.`);
      return;
    }
    still = !task && left === before ? still + 1 : 0;
    if (still >= MAX_STILL_CHECKS) break;
    before = left;
    await wait(CHECK_MS);
  }
  print(`SQS goes on moving them: ${before} are left in ${name}. \`liveinsight status\` shows how many.`);
}

/** The newest task; undefined where there was none, or where a stand-in for AWS knows no tasks. */
async function readMoveTask(client: SQSClient, { arn }: Queue): Promise<MoveTask | undefined> {
  try {
    const { Results = [] } = await client.send(
      new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }),
    );
    const [task] = Results;
    if (!task) return undefined;
    return {
      isRunning: task.Status === 'RUNNING' || task.Status === 'CANCELLING',
      moved: task.ApproximateNumberOfMessagesMoved ?? 0,
      failure: task.Status === 'FAILED' ? (task.FailureReason ?? 'SQS stopped') : undefined,
    };
  } catch (error) {
    if (error instanceof Error && /Unknown|Unsupported|SyntaxError/.test(error.name)) return undefined;
    throw error;
  }
}
