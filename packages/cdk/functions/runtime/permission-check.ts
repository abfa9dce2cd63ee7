/**
 * Proves what a function may do, for `liveinsight doctor`: each call that its role should allow is made in a form that
 * changes nothing.
 */
import { type AwsService, awsClient, retryTransient } from '@liveinsight/collector/aws';
import { type FunctionName, getPermissions, type Permission, type Target } from '../../src/permissions.js';
import { awsSecrets } from './secrets.js';
import { readSettings } from './settings.js';
import { SQS } from './sqs.js';

export interface PermissionResult {
  /** As `dynamodb:PutItem`. */
  action: string;
  /** Table or secrets, for people. */
  on: string;
  /** Why the call is denied; null where it is allowed. */
  error: string | null;
}

const DYNAMODB: AwsService = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
};

/** Of a table's key, where a pattern allows any. */
const PROBE = 'permission-check';
/** Holds for no item. */
const NEVER = 'attribute_exists(pk) AND attribute_not_exists(pk)';
/** More than SQS lets a message wait: it tells who may not send first, and takes no such message from anyone. */
const DELAY_S = 901;
/** What says that a call was allowed, and that nothing was written. */
const HARMLESS = new Set([
  'ConditionalCheckFailedException',
  'DuplicateItem',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'ValidationError',
]);

export async function checkPermissions(
  name: FunctionName,
  env: Record<string, string | undefined> = process.env,
): Promise<{ permissions: PermissionResult[] }> {
  const client = awsClient(DYNAMODB);
  const call = <Reply>(operation: string, input: object) =>
    retryTransient(() => client.call<Reply>(operation, JSON.stringify(input)));
  const tables: Record<Target, string> = {
    events: env.EVENTS_TABLE ?? '',
    arrivals: env.EVENTS_TABLE ?? '',
    rollups: env.ROLLUPS_TABLE ?? '',
  };
  const probes = getPermissions(name, env.BUFFER_QUEUE_URL ? 'buffered' : 'direct').flatMap(toProbes);
  try {
    return {
      permissions: await Promise.all([
        ...probes.map(async ({ action, on, key }) => ({
          action,
          on,
          error: await explain(() => attempt(call, action, on, tables[on], key)),
        })),
        ...(name === 'drain' ? [] : [checkSecrets(env)]),
        ...(name === 'ingest' && env.BUFFER_QUEUE_URL ? [checkSending(env.BUFFER_QUEUE_URL)] : []),
      ]),
    };
  } finally {
    client.close();
  }
}

interface Probe {
  action: string;
  on: Target;
  key: string;
}

/** One for each action, table and pattern of keys. */
function toProbes({ actions, on, keys = ['*'] }: Permission): Probe[] {
  return actions.flatMap((action) =>
    on.flatMap((target) =>
      keys.map((pattern) => ({ action, on: target, key: pattern.replaceAll('*', PROBE) })),
    ),
  );
}

type Call = <Reply>(operation: string, input: object) => Promise<Reply>;

async function attempt(call: Call, action: string, on: Target, TableName: string, key: string) {
  const Key = { pk: { S: key }, sk: { S: PROBE } };
  switch (action) {
    case 'dynamodb:Query':
      return call('Query', {
        TableName,
        ...(on === 'arrivals' ? { IndexName: 'arrivals' } : {}),
        KeyConditionExpression: `${on === 'arrivals' ? 'arrivals' : 'pk'} = :pk`,
        ExpressionAttributeValues: { ':pk': { S: key } },
        Limit: 1,
      });
    case 'dynamodb:GetItem':
      return call('GetItem', { TableName, Key });
    case 'dynamodb:PutItem':
      return call('PutItem', { TableName, Item: Key, ConditionExpression: NEVER });
    case 'dynamodb:DeleteItem':
      return call('DeleteItem', { TableName, Key, ConditionExpression: NEVER });
    case 'dynamodb:PartiQLInsert': {
      // An insert takes no condition; a sort key without a character can't be stored.
      const Statement = `INSERT INTO "${TableName}" VALUE {'pk':?,'sk':?}`;
      const { Responses = [] } = await call<{
        Responses?: { Error?: { Code?: string; Message?: string } }[];
      }>('BatchExecuteStatement', { Statements: [{ Statement, Parameters: [{ S: key }, { S: '' }] }] });
      const { Code: name, Message } = Responses[0]?.Error ?? {};
      if (name) throw Object.assign(new Error(Message ?? name), { name });
      return undefined;
    }
    default:
      throw new Error(`there is no check of ${action}`);
  }
}

/** Why a call is denied, or null. */
async function explain(action: () => Promise<unknown>): Promise<string | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return HARMLESS.has(error.name) ? null : `${error.name}: ${error.message}`;
  }
}

async function checkSecrets(env: Record<string, string | undefined>): Promise<PermissionResult> {
  const error = await explain(() => readSettings(env, awsSecrets(env)));
  return { action: 'secretsmanager:GetSecretValue', on: 'secrets', error };
}

/** A message that SQS can't take, and that `drain` would not take either. */
async function checkSending(QueueUrl: string): Promise<PermissionResult> {
  const client = awsClient(SQS);
  const body = JSON.stringify({ QueueUrl, MessageBody: PROBE, DelaySeconds: DELAY_S });
  const error = await explain(() => retryTransient(() => client.call('SendMessage', body)));
  client.close();
  return { action: 'sqs:SendMessage', on: 'buffer', error };
}
