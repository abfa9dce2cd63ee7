/** What the commands of a deployment do where AWS is busy, silent, or has done half of it before. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { restore } from '../src/aws/backups.js';
import { checkFunctionPermissions } from '../src/aws/check-permissions.js';
import { checkResponses } from '../src/aws/check-responses.js';
import { withClients } from '../src/aws/clients.js';
import { keys } from '../src/aws/keys.js';
import { redrive } from '../src/aws/redrive.js';
import { type LoopbackAws, startLoopbackAws } from './loopback-aws.js';

const deployment = { environment: 'prod', region: 'us-east-1' };
const HOUR_MS = 3_600_000;
let aws: LoopbackAws;
let printed = '';

beforeAll(async () => {
  aws = await startLoopbackAws();
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(() => {
  printed = '';
  aws.answers.clear();
  aws.tables.clear();
  aws.secrets.clear();
  aws.deadLetters = 0;
});

describe('restore', () => {
  const at = new Date(Date.now() - HOUR_MS);
  const copies = ['liveinsight-prod-events-restored', 'liveinsight-prod-rollups-restored'];
  const started = new Map<string, { createdAt: number; restoredTo: number }>();

  /** @param noted what the table says that it was restored to */
  function answer(refusesSecond: boolean, noted: (asked: number) => number): void {
    aws.answers.set('DescribeContinuousBackups', () => [
      200,
      {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: 'ENABLED',
            EarliestRestorableDateTime: Date.now() / 1_000 - 86_400,
            LatestRestorableDateTime: Date.now() / 1_000 - 300,
          },
        },
      },
    ]);
    aws.answers.set('DescribeTable', ({ TableName = '' }) => {
      const copy = started.get(TableName);
      if (!copy) return undefined;
      const RestoreSummary = { RestoreDateTime: copy.restoredTo / 1_000, RestoreInProgress: true };
      return [200, { Table: { CreationDateTime: copy.createdAt / 1_000, RestoreSummary } }];
    });
    aws.answers.set('RestoreTableToPointInTime', ({ TargetTableName = '', RestoreDateTime }) => {
      if (refusesSecond && TargetTableName.includes('rollups'))
        return [400, { __type: 'LimitExceededException', message: 'too many restores at once' }];
      started.set(TargetTableName, {
        createdAt: Date.now(),
        restoredTo: noted(Number(RestoreDateTime) * 1_000),
      });
      return [200, {}];
    });
  }

  it.each([
    ['of AWS', (asked: number) => asked],
    ['of a stand-in, which notes the time of the call', () => Date.now()],
  ])('continues what an earlier run began, by the notes %s', async (_, noted) => {
    started.clear();
    answer(true, noted);
    await expect(restore(deployment, at, 'restored')).rejects.toMatchObject({
      message: expect.stringContaining('too many restores at once'),
      remedy: expect.stringContaining('Run the same command again'),
    });
    expect([...started.keys()]).toEqual(copies.slice(0, 1));
    answer(false, noted);
    await restore(deployment, at, 'restored');
    expect([...started.keys()]).toEqual(copies);
    expect(printed).toContain('started before, restoring to');
  });

  it('starts nothing beside a copy of another time', async () => {
    started.clear();
    answer(false, (asked) => asked);
    await restore(deployment, new Date(at.getTime() - HOUR_MS), 'restored');
    started.delete(copies[1] ?? '');
    await expect(restore(deployment, at, 'restored')).rejects.toMatchObject({
      message: expect.stringContaining('nothing was started'),
      remedy: expect.stringContaining('--suffix'),
    });
    expect([...started.keys()]).toEqual(copies.slice(0, 1));
    await restore(deployment, at, 'second');
    expect(started.size).toBe(3);
  });
});

describe('redrive', () => {
  it('waits for a move that is under way', async () => {
    aws.deadLetters = 4;
    aws.answers.set('StartMessageMoveTask', () => {
      aws.deadLetters = 0;
      const message = 'There is already a task running. Only one active task is allowed for a source queue.';
      return [400, { __type: 'com.amazonaws.sqs#UnsupportedOperation', message }];
    });
    await redrive(deployment);
    expect(printed).toContain('being moved already');
    expect(printed).toContain('Moved. 0 remain');
  });

  it('waits until SQS has moved all, and says how many', async () => {
    aws.deadLetters = 4;
    let asked = 0;
    aws.answers.set('ListMessageMoveTasks', () => {
      asked += 1;
      if (asked === 1) return [200, { Results: [] }];
      const Status = asked < 3 ? 'RUNNING' : 'COMPLETED';
      return [200, { Results: [{ Status, ApproximateNumberOfMessagesMoved: 4 }] }];
    });
    await redrive(deployment);
    expect(printed).toContain('Moving 4 batches back');
    expect(printed).toContain('Moved 4 batches. 0 remain');
    expect(asked).toBe(3);
  });
});

describe('keys', () => {
  it('rotates nothing where there is no deployment, and says so', async () => {
    await expect(keys('rotate', deployment, 'read')).rejects.toMatchObject({
      remedy: expect.stringContaining('There is no deployment "prod"'),
    });
    expect(aws.secrets.size).toBe(0);
  });
});

describe('the doctor', () => {
  it('blames a secret that cannot be read, and not the role', async () => {
    aws.functions.set('liveinsight-prod-read', { versions: [1], live: 1 });
    aws.refused = 'Error: the secret of LIVEINSIGHT_READ_KEYS_ID is not JSON: it must be {"current":"…"}';
    const found = await withClients(deployment, ({ invoker }) =>
      checkFunctionPermissions(invoker, deployment, 'read'),
    );
    aws.refused = undefined;
    aws.functions.clear();
    expect(found).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('read cannot start: Error: the secret of LIVEINSIGHT_READ_KEYS_ID'),
      remedy: expect.stringContaining('AWSPREVIOUS'),
    });
  });

  it.each([
    ['just now, and the one before was retired at once', 0, 'ok', 'changed just now, in force by'],
    ['an hour ago', HOUR_MS, 'problem', 'returned 403'],
  ])('goes by a key that was rotated %s', async (_, ago, state, says) => {
    const CreatedDate = (Date.now() - ago) / 1_000;
    aws.answers.set('GetSecretValue', () => [200, { SecretString: '{"current":"newest"}', CreatedDate }]);
    for (const part of ['ingest', 'read'])
      aws.functions.set(`liveinsight-prod-${part}`, { versions: [1], live: 1 });
    // The functions still go by the value before.
    aws.secrets.set('liveinsight/prod/origin', '{"current":"the one before"}');
    const found = await withClients(deployment, (clients) =>
      Promise.all(checkResponses(clients, deployment, 'https://shop.example').map(([, check]) => check())),
    );
    aws.functions.clear();
    const all = found.flat();
    expect(all).toHaveLength(4);
    expect(all.map((finding) => (finding.state === 'warning' ? 'problem' : finding.state))).toEqual(
      all.map(() => state),
    );
    for (const finding of all) expect(finding.says).toContain(says);
  });
});
