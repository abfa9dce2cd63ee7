/** Every command for a deployment, where AWS fails once in each of its ways, and where it goes on failing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { backup, restore } from '../src/aws/backups.js';
import { keys } from '../src/aws/keys.js';
import { findLeftovers, withStoreClients } from '../src/aws/leftovers.js';
import { redrive } from '../src/aws/redrive.js';
import { rollback } from '../src/aws/rollback.js';
import { type LoopbackAws, type Reply, startLoopbackAws } from './loopback-aws.js';

const deployment = { environment: 'prod', region: 'us-east-1' };
const SECRET = 'liveinsight/prod/read-keys';
let aws: LoopbackAws;

beforeAll(async () => {
  aws = await startLoopbackAws();
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(() => {
  aws.fault = () => undefined;
  aws.secrets = new Map([[SECRET, '{"current":"the first key of them","previous":[]}']]);
  for (const part of ['ingest', 'read', 'rollup', 'admin'])
    aws.functions.set(`liveinsight-prod-${part}`, { versions: [1, 2], live: 2 });
  aws.deadLetters = 3;
  const now = Date.now() / 1_000;
  const window = { EarliestRestorableDateTime: now - 3_600, LatestRestorableDateTime: now };
  aws.answers.set('DescribeContinuousBackups', () => [
    200,
    { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: window } },
  ]);
  aws.answers.set('CreateBackup', () => [200, { BackupDetails: { BackupStatus: 'CREATING' } }]);
  aws.answers.set('ListMessageMoveTasks', () => [200, { Results: [] }]);
});

const commands: Record<string, () => Promise<unknown>> = {
  'keys show': () => keys('show', deployment, 'read'),
  'keys rotate': () => keys('rotate', deployment, 'read'),
  'keys retire': () => keys('retire', deployment, 'read'),
  backup: () => backup(deployment),
  restore: () => restore(deployment, undefined, 'restored'),
  redrive: () => redrive(deployment),
  rollback: () => rollback(deployment, undefined),
  'destroy, which looks first': () =>
    withStoreClients(deployment, (clients) => findLeftovers(clients, deployment)),
};

const once: Record<string, Reply | 'cut' | 'lost'> = {
  'is throttled': [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }],
  'is answered 500': [500, { __type: 'InternalServerError', message: 'Internal server error' }],
  'is answered 503': [503, { __type: 'ServiceUnavailable', message: 'try again' }],
  'is cut off': 'cut',
  'loses its response': 'lost',
};

/** Each request fails the first time that it is sent. */
function failAtFirst(
  fault: Reply | 'cut' | 'lost' | 'silent',
  isMeant = (_text: string) => true,
): Set<string> {
  const sent = new Set<string>();
  aws.fault = (text) => {
    if (sent.has(text) || !isMeant(text)) return undefined;
    sent.add(text);
    return fault;
  };
  return sent;
}

describe.each(Object.entries(commands))('%s', (_, command) => {
  it.each(Object.entries(once))('succeeds where each request %s at first', async (_, fault) => {
    const failed = failAtFirst(fault);
    await command();
    expect(failed.size).toBeGreaterThan(0);
  });

  it('asks to renew credentials that have expired', async () => {
    aws.fault = () => [400, { __type: 'ExpiredTokenException', message: 'The security token is expired' }];
    await expect(command()).rejects.toThrow(/expired/);
  });
});

it('a rotation whose response is lost gives out a key that opens, once', async () => {
  failAtFirst('lost');
  await commands['keys rotate']?.();
  const { current, previous } = JSON.parse(aws.secrets.get(SECRET) ?? '{}');
  expect(previous).toEqual(['the first key of them']);
  expect(current).not.toBe('the first key of them');
});

it('a service that is silent once is asked again', async () => {
  const silent = failAtFirst('silent', (text) =>
    /GetSecretValue|DescribeContinuousBackups|GetQueueUrl/.test(text),
  );
  await Promise.all(['keys show', 'restore', 'redrive'].map((name) => commands[name]?.()));
  expect(silent.size).toBeGreaterThan(2);
});
