/** Deploy, destroy, and deploy again under one name: what stays, what goes, and what is taken over. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findAdoptable } from '../src/aws/adopt.js';
import { readAlarms } from '../src/aws/alarms.js';
import { deleteLeftovers, findLeftovers, withStoreClients } from '../src/aws/leftovers.js';
import { QUIET_CDK, withCdk, withoutCdk } from './deploy-folder.js';
import { type LoopbackAws, startLoopbackAws } from './loopback-aws.js';
import { run } from './program.js';

const TABLES = ['liveinsight-prod-events', 'liveinsight-prod-rollups'];
const SECRETS = ['secret', 'read-keys', 'admin-keys', 'origin'].map((name) => `liveinsight/prod/${name}`);
const LOGS = ['/aws/lambda/liveinsight-prod-ingest', '/aws/apigateway/liveinsight-prod-api'];
const OTHERS = ['/aws/lambda/liveinsight-prod-eu-ingest', '/aws/apigateway/liveinsight-prod-eu-api'];

const REPORT_OF_CHECK = 'validation-report.json';

const deployment = { environment: 'prod', region: 'us-east-1' };

let cwd: string;
let aws: LoopbackAws;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-destroy-'));
  aws = await startLoopbackAws();
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
  rmSync(cwd, { recursive: true, force: true });
});
beforeEach(() => {
  aws.tables = new Map(TABLES.map((name) => [name, { isProtected: true }]));
  aws.secrets.clear();
  for (const id of SECRETS) aws.secrets.set(id, '{"current":"a-key"}');
  aws.logs = new Set([...LOGS, ...OTHERS]);
  aws.busy = 0;
});

const left = () => [...aws.tables.keys(), ...aws.secrets.keys(), ...aws.logs];

it('destroy keeps the data, names each part of it, and says how it comes back and how it goes', async () => {
  const folder = withoutCdk(cwd, 'without');
  const { code, output } = await run(['destroy', 'prod', '--yes', 'prod'], folder, aws.env);
  expect(code).toBe(0);
  for (const name of [...TABLES, ...SECRETS]) expect(output).toContain(name);
  expect(output).toContain('`liveinsight deploy prod` takes them over');
  expect(output).toContain('liveinsight destroy prod --delete-data');
  expect(left()).toEqual([...TABLES, ...SECRETS, ...LOGS, ...OTHERS]);
  // What is about to go needs no check, which takes the CDK several times as long as to write the template.
  expect(existsSync(join(folder, 'cdk.out', REPORT_OF_CHECK))).toBe(false);
});

it('deploy takes over what an earlier deployment has left, by the CDK of AWS', async () => {
  const folder = withCdk(cwd, 'with', { ingest: 'buffered', entryPoint: 'http-api' });
  const { output } = await run(['deploy', 'prod', '--yes'], folder, { ...aws.env, ...QUIET_CDK });
  for (const name of [...TABLES, ...SECRETS]) expect(output).toMatch(new RegExp(`importing using .*${name}`));
  expect(output).toContain('importing resources into stack');
  expect(output).not.toContain('Unrecognized resource identifiers');
  expect(existsSync(join(folder, 'cdk.out', REPORT_OF_CHECK))).toBe(true);
});

describe('what is adopted', () => {
  const template = {
    Resources: {
      Events: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: TABLES[0] } },
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: SECRETS[0] } },
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: LOGS[0] } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'liveinsight-prod-buffer' } },
    },
  };
  const find = () => findAdoptable(deployment, template, 'LiveInsight-prod');

  it('is what exists under a name of the template, by what CloudFormation knows it', async () => {
    expect(await find()).toEqual({
      Events: { TableName: TABLES[0] },
      Secret: { Id: `arn:secret:${SECRETS[0]}` },
      Log: { LogGroupName: LOGS[0] },
    });
  });

  it('is nothing where nothing was left', async () => {
    aws.tables.clear();
    aws.secrets.clear();
    aws.logs.clear();
    expect(await find()).toEqual({});
  });

  it('is nothing that the stack has', async () => {
    aws.stacks.set('LiveInsight-prod', ['Events', 'Secret', 'Log']);
    expect(await find()).toEqual({});
    aws.stacks.clear();
  });

  it('is no secret that is about to be deleted: its name is taken, its value going', async () => {
    aws.deletedSecrets.add(SECRETS[0] ?? '');
    await expect(find()).rejects.toThrow('marked for deletion');
    aws.deletedSecrets.clear();
  });
});

describe('destroy --delete-data', () => {
  const remove = () =>
    withStoreClients(deployment, async (clients) =>
      deleteLeftovers(clients, await findLeftovers(clients, deployment), 1),
    );

  it('deletes all of it, and nothing of a deployment whose name begins alike', async () => {
    expect(await remove()).toEqual([]);
    expect(left()).toEqual(OTHERS);
  });

  it('waits for a table that is being changed', async () => {
    aws.busy = 3;
    expect(await remove()).toEqual([]);
    expect(left()).toEqual(OTHERS);
  });

  it('names what it could not delete, and finishes when it is run again', async () => {
    aws.busy = Number.POSITIVE_INFINITY;
    expect(await remove()).toEqual(TABLES.map((name) => expect.stringContaining(`${name} (ResourceInUse`)));
    expect(left()).toEqual([...TABLES, ...OTHERS]);
    aws.busy = 0;
    expect(await remove()).toEqual([]);
    expect(left()).toEqual(OTHERS);
  });
});

it('every alarm of a deployment is known by name', async () => {
  const client = new CloudWatchClient({ endpoint: aws.env.AWS_ENDPOINT_URL ?? '' });
  const text = readFileSync(join(cwd, 'with/cdk.out/LiveInsight-prod.template.json'), 'utf8');
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Type: string; Properties: { AlarmName: string } }>;
  };
  const names = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties.AlarmName);
  expect(names.length).toBeGreaterThan(20);
  aws.alarms = [...names, 'liveinsight-prod-eu-api-5xx'];
  const known = await readAlarms(client, deployment);
  client.destroy();
  expect(known.map(({ AlarmName }) => AlarmName)).toEqual(names);
});
