/** A deployment as its template has it, made in the emulator by the calls of each service. */
import { request } from 'node:http';
import { synthesise } from '../test/deployments.js';
import { type Fixture, startFixture } from '../test/lambda/fixture.js';
import type { Lambda } from '../test/lambda/runtime-api.js';
import { type Call, type Emulator, type Reply, startEmulator } from './emulator.js';

export interface EmulatedDeployment {
  emulator: Emulator;
  fixture: Fixture;
  /** For commands, of LiveInsight and of AWS. */
  env: Record<string, string>;
  /** The version that the alias of each function points to. */
  liveVersions(): Promise<Record<string, string>>;
  /** In the dead-letter queue. */
  sendDeadLetter(body: string): Promise<void>;
  close(): Promise<void>;
}

const ENVIRONMENT = 'prod';
const SITES = [{ id: 'shop', origins: ['https://shop.example'] }];
const PROGRAMS = {
  ingest: 'buffered-ingest',
  read: 'read',
  admin: 'read',
  rollup: 'rollup',
  drain: 'drain',
} as const;
type Part = keyof typeof PROGRAMS;
const PARTS = Object.keys(PROGRAMS) as Part[];
/** An archive without files: what the functions run is on this machine. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]).toString('base64');

const name = (part: string) => `liveinsight-${ENVIRONMENT}-${part}`;

/** Buffered, with two releases that all functions have run. */
export async function startDeployment(motoServer: string): Promise<EmulatedDeployment> {
  const [emulator, fixture] = await Promise.all([
    startEmulator(motoServer),
    startFixture({ eventsTable: name('events'), rollupsTable: name('rollups') }),
  ]);
  const stack = synthesise(
    { sites: SITES, environment: ENVIRONMENT, ingest: 'buffered', entryPoint: 'http-api' },
    undefined,
    false,
  );
  const queues = await createQueues(emulator);
  await Promise.all([
    ...[...fixture.secrets].map(([id, value]) =>
      emulator.call('secretsmanager', 'secretsmanager.CreateSecret', {
        Name: id.replace('/test/', `/${ENVIRONMENT}/`),
        SecretString: JSON.stringify(value),
      }),
    ),
    ...stack
      .of('AWS::Logs::LogGroup')
      .map(({ Properties: { LogGroupName } }) =>
        emulator.call('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: LogGroupName }),
      ),
    ...stack.of('AWS::CloudWatch::Alarm').map(({ Properties }) =>
      emulator.query('monitoring', {
        Action: 'PutMetricAlarm',
        AlarmName: Properties.AlarmName,
        AlarmDescription: Properties.AlarmDescription,
        ActionsEnabled: 'true',
        'AlarmActions.member.1': 'arn:aws:sns:us-east-1:000000000000:on-call',
        MetricName: Properties.MetricName ?? 'several',
        Namespace: 'LiveInsight',
        Statistic: 'Sum',
        Period: '300',
        EvaluationPeriods: String(Properties.EvaluationPeriods),
        Threshold: String(Properties.Threshold),
        ComparisonOperator: Properties.ComparisonOperator,
      }),
    ),
    createTables(
      emulator,
      stack.of('AWS::DynamoDB::Table').map(({ Properties }) => Properties),
    ),
  ]);
  await createFunctions(emulator, queues.buffer);
  const running = await startFunctions(fixture, emulator);
  emulator.answerers.push(answerDynamoDb(fixture), answerInvoke(running), answerRest(emulator, queues));

  return {
    emulator,
    fixture,
    env: {
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    async liveVersions() {
      const found = await Promise.all(
        PARTS.map(async (part) => {
          const path = `${emulator.endpoint}/2015-03-31/functions/${name(part)}/aliases/live`;
          const authorization = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/lambda/aws4_request';
          const response = await fetch(path, { headers: { authorization } });
          return [part, (await response.json()).FunctionVersion];
        }),
      );
      return Object.fromEntries(found);
    },
    async sendDeadLetter(MessageBody) {
      await emulator.call('sqs', 'AmazonSQS.SendMessage', { QueueUrl: queues.deadLetters, MessageBody });
    },
    async close() {
      await fixture.close();
      await emulator.close();
    },
  };
}

interface Queues {
  buffer: string;
  deadLetters: string;
}

async function createQueues(emulator: Emulator): Promise<Queues> {
  const create = async (part: string) => {
    const made = await emulator.call<{ QueueUrl: string }>('sqs', 'AmazonSQS.CreateQueue', {
      QueueName: name(part),
    });
    return made.QueueUrl;
  };
  return { buffer: await create('buffer'), deadLetters: await create('dead-letters') };
}

/** The emulator's tables hold no items: their settings are what commands ask for. */
async function createTables(emulator: Emulator, tables: Record<string, unknown>[]): Promise<void> {
  for (const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } of tables) {
    const indexes = GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes };
    await emulator.call('dynamodb', 'DynamoDB_20120810.CreateTable', {
      TableName,
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...indexes,
    });
    await emulator.call('dynamodb', 'DynamoDB_20120810.UpdateContinuousBackups', {
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  }
}

async function createFunctions(emulator: Emulator, queueUrl: string): Promise<void> {
  await emulator.query('iam', {
    Action: 'CreateRole',
    RoleName: 'function',
    AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
  });
  for (const part of PARTS) {
    const variables = (release: string) => ({
      Variables: {
        EVENTS_TABLE: name('events'),
        ROLLUPS_TABLE: name('rollups'),
        LIVEINSIGHT_SITES: JSON.stringify(SITES),
        RELEASE: release,
        BUFFER_QUEUE_URL: queueUrl,
      },
    });
    await emulator.lambda('POST', '', {
      FunctionName: name(part),
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::123456789012:role/function',
      Handler: 'index.handler',
      Code: { ZipFile: EMPTY_ZIP },
      Environment: variables('0.1.0-first'),
    });
    await emulator.lambda('POST', `/${name(part)}/versions`, {});
    await emulator.lambda('PUT', `/${name(part)}/configuration`, { Environment: variables('0.1.0-second') });
    await emulator.lambda('POST', `/${name(part)}/versions`, { Description: 'second' });
    await emulator.lambda('POST', `/${name(part)}/aliases`, { Name: 'live', FunctionVersion: '2' });
  }
}

type Running = Record<Part, Lambda>;

async function startFunctions(fixture: Fixture, emulator: Emulator): Promise<Running> {
  const started = await Promise.all(
    PARTS.map(async (part) => {
      const env = {
        LIVEINSIGHT_ORIGIN_ID: 'liveinsight/test/origin',
        ...(part === 'ingest'
          ? {
              AWS_ENDPOINT_URL_SQS: emulator.endpoint,
              BUFFER_QUEUE_URL: `${emulator.endpoint}/123456789012/${name('buffer')}`,
            }
          : {}),
      };
      return [part, await fixture.start(PROGRAMS[part], { env })];
    }),
  );
  return Object.fromEntries(started);
}

/** What moto does of DynamoDB otherwise than AWS, or not at all, dynoxide does: items and PartiQL. */
const OF_TABLES = /Backup|Restore|^UpdateTable$/;

function answerDynamoDb(fixture: Fixture) {
  return ({ service, operation, headers, body }: Call): Promise<Reply> | undefined => {
    if (service !== 'dynamodb' || OF_TABLES.test(operation)) return undefined;
    return new Promise((resolve, reject) => {
      const onward = request(fixture.endpoints.dynamodb, { method: 'POST', headers }, (answer) => {
        answer
          .toArray()
          .then((chunks) =>
            resolve({ status: answer.statusCode ?? 500, text: Buffer.concat(chunks).toString() }),
          )
          .catch(reject);
      });
      onward.once('error', reject).end(body);
    });
  };
}

/** One call at a time, as an environment of Lambda has it. */
function answerInvoke(running: Running) {
  const last = new Map<string, Promise<unknown>>();
  return async ({ path, body }: Call): Promise<Reply | undefined> => {
    const [, part] = /\/functions\/liveinsight-prod-(\w+)(?::|%3A)?\w*\/invocations/.exec(path) ?? [];
    if (part === undefined) return undefined;
    const before = last.get(part);
    const result = (async () => {
      await before?.catch(() => undefined);
      return running[part as Part].invoke(JSON.parse(body || '{}'));
    })();
    last.set(part, result);
    return { status: 200, text: JSON.stringify(await result) };
  };
}

/** What moto has not. */
function answerRest(emulator: Emulator, { buffer, deadLetters }: Queues) {
  const json = (body: object): Reply => ({ status: 200, text: JSON.stringify(body) });
  return async ({ path, operation }: Call): Promise<Reply | undefined> => {
    if (path.includes('/account-settings')) return json({ AccountLimit: { ConcurrentExecutions: 1_000 } });
    if (operation === 'ListDeployments') {
      return { status: 400, text: '{"__type":"ApplicationDoesNotExistException"}' };
    }
    if (operation === 'ListMessageMoveTasks') return json({ Results: [] });
    if (operation !== 'StartMessageMoveTask') return undefined;
    for (;;) {
      const { Messages = [] } = await emulator.call<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
        'sqs',
        'AmazonSQS.ReceiveMessage',
        { QueueUrl: deadLetters, MaxNumberOfMessages: 10 },
      );
      if (Messages.length === 0) return json({ TaskHandle: 'task' });
      for (const { Body, ReceiptHandle } of Messages) {
        await emulator.call('sqs', 'AmazonSQS.SendMessage', { QueueUrl: buffer, MessageBody: Body });
        await emulator.call('sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: deadLetters, ReceiptHandle });
      }
    }
  };
}
