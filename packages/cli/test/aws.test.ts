import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { install, QUIET_CDK, withCdk } from './deploy-folder.js';
import { type LoopbackAws, startLoopbackAws } from './loopback-aws.js';
import { run } from './program.js';

const TIMEOUT_MS = 60_000;
let cwd: string;
let aws: LoopbackAws;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-aws-'));
  aws = await startLoopbackAws();
});
afterAll(async () => {
  await aws.close();
  rmSync(cwd, { recursive: true, force: true });
});
beforeEach(() => {
  aws.functions.clear();
  aws.secrets.clear();
  aws.changes.length = 0;
});

describe('without an account', { timeout: TIMEOUT_MS }, () => {
  it.each([
    [['rollback', 'prod']],
    [['keys', 'show', 'prod', 'read']],
    [['backup', 'prod']],
    [['restore', 'prod']],
    [['redrive', 'prod']],
  ])('%j says that it needs one, and how it is named', async (args) => {
    const { code, output } = await run(args, cwd, { AWS_REGION: 'us-east-1' });
    expect(code).toBe(1);
    expect(output).toContain('Set AWS_PROFILE');
  });

  it('says where the region belongs', async () => {
    const { code, output } = await run(['keys', 'show', 'prod', 'read'], cwd);
    expect(code).toBe(1);
    expect(output).toContain('Set "region" in liveinsight.config.json, or AWS_REGION.');
  });

  it.each([
    [['deploy', 'Prod!'], 'Use 1 to 16 of a-z'],
    [['keys', 'rotate', 'prod', 'secret'], 'Allowed choices are read, admin, origin'],
    [['rollback'], "missing required argument 'environment'"],
  ])('exits with 2 where it does not understand %j', async (args, words) => {
    expect(await run(args, cwd)).toEqual({ code: 2, output: expect.stringContaining(words) });
  });

  it('deletes nothing that nobody has named', async () => {
    expect((await run(['destroy', 'prod'], cwd)).output).toContain(
      'confirmation required, but stdin is not a terminal',
    );
    expect((await run(['destroy', 'prod', '--yes', 'dev'], cwd)).output).toContain(
      '"dev" does not match "prod"',
    );
  });
});

describe('liveinsight deploy', { timeout: TIMEOUT_MS }, () => {
  it('says what is missing, one after the other, and then what it would make, without an account', async () => {
    const folder = join(cwd, 'deploy');
    mkdirSync(folder);
    const synth = () => run(['deploy', 'prod', '--synth'], folder);
    expect(await synth()).toMatchObject({
      code: 1,
      output: expect.stringContaining('liveinsight.config.json not found'),
    });
    const config = {
      region: 'us-east-1',
      sites: [{ id: 'shop', origins: ['https://shop.example'] }],
      firewall: {},
    };
    const wrong = { ...config, fire_wall: {}, sites: [{ id: 'shop', retentionDays: 400 }], logDays: 31 };
    writeFileSync(join(folder, 'liveinsight.config.json'), JSON.stringify(wrong));
    const refused = await synth();
    expect(refused.code).toBe(1);
    for (const message of [
      'unknown key "fire_wall" in liveinsight.config.json (did you mean "firewall"?)',
      'unknown key "retentionDays" in site "shop" (did you mean "retention_days"?)',
      'logDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 180, 365, got 31',
    ])
      expect(refused.output).toContain(message);
    expect(refused.output).not.toMatch(/^ +at /m);
    writeFileSync(join(folder, 'liveinsight.config.json'), JSON.stringify(config));
    expect(await synth()).toMatchObject({
      code: 1,
      output: expect.stringContaining('npm install @liveinsight/cdk aws-cdk-lib constructs'),
    });
    install(folder, '@liveinsight/cdk', 'aws-cdk-lib', 'constructs');
    const { code, output } = await synth();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('liveinsight-prod-ingest') });
    expect(output).toContain('Nothing was sent to AWS');
    const template = JSON.parse(readFileSync(join(folder, 'cdk.out/LiveInsight-prod.template.json'), 'utf8'));
    expect(Object.keys(template.Resources).length).toBeGreaterThan(50);
    expect(existsSync(join(folder, 'cdk.out/manifest.json'))).toBe(true);
    expect((await run(['deploy', 'prod'], folder)).output).toContain('npm install --save-dev aws-cdk');
  });

  it('starts the CDK of AWS, which asks for an account', async () => {
    const folder = withCdk(cwd, `it's "my" $HOME`);
    const { code, output } = await run(['deploy', 'prod', '--yes'], folder, QUIET_CDK);
    expect(output).toContain('Unable to resolve AWS account to use');
    expect(code).toBe(1);
  });

  it('and so does destroy, which looks for protected tables first', async () => {
    const folder = withCdk(cwd, 'destroy');
    const { code, output } = await run(['destroy', 'prod', '--yes', 'prod'], folder, {
      ...aws.env,
      ...QUIET_CDK,
    });
    expect([...aws.queries]).toContain('DescribeStacks');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('LiveInsight-prod') });
  });
});

describe('liveinsight keys', { timeout: TIMEOUT_MS }, () => {
  it('rotates so that the old key opens until it is retired', async () => {
    aws.secrets.set('liveinsight/prod/read-keys', '{"current":"first-key"}');
    const value = () => JSON.parse(aws.secrets.get('liveinsight/prod/read-keys') ?? '');
    const keys = (action: string) => run(['keys', action, 'prod', 'read'], cwd, aws.env);
    expect((await keys('show')).output).toBe('first-key\n');
    const { code, output } = await keys('rotate');
    const { current, previous } = value();
    expect({ code, previous }).toEqual({ code: 0, previous: ['first-key'] });
    expect(current).toMatch(/^[\w-]{40}$/);
    expect(output).toContain(current);
    expect((await keys('retire')).output).toContain('Retired 1 read keys');
    expect(value()).toEqual({ current, previous: [] });
  });

  it('loses no key where several people rotate at once', async () => {
    aws.secrets.set('liveinsight/prod/admin-keys', '{"current":"first-key"}');
    const all = await Promise.all(
      [1, 2, 3].map(() => run(['keys', 'rotate', 'prod', 'admin'], cwd, aws.env)),
    );
    const { current, previous } = JSON.parse(aws.secrets.get('liveinsight/prod/admin-keys') ?? '');
    const shown = all.map(({ output }) => output.split('\n')[0]);
    expect([current, ...previous].sort()).toEqual([...shown, 'first-key'].sort());
  });

  it('names a secret that is no JSON, and what it must be', async () => {
    aws.secrets.set('liveinsight/prod/read-keys', 'not json');
    const { code, output } = await run(['keys', 'rotate', 'prod', 'read'], cwd, aws.env);
    expect(code).toBe(1);
    expect(output).toContain('the secret liveinsight/prod/read-keys is not JSON');
    expect(aws.secrets.get('liveinsight/prod/read-keys')).toBe('not json');
  });

  it('says so where there is no such deployment', async () => {
    const { code, output } = await run(['keys', 'show', 'stage', 'admin'], cwd, aws.env);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('There is no deployment "stage"'),
    });
  });
});

describe('liveinsight rollback', { timeout: TIMEOUT_MS }, () => {
  it('points every function to the version before', async () => {
    for (const part of ['ingest', 'read', 'rollup', 'admin']) {
      aws.functions.set(`liveinsight-prod-${part}`, { versions: [3, 7, 9], live: 9 });
    }
    const { code, output } = await run(['rollback', 'prod'], cwd, aws.env);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('version 9 → 7') });
    expect([...aws.functions.values()].map(({ live }) => live)).toEqual([7, 7, 7, 7]);
  });

  it('stops the canary, then gives all requests back to the version that had them', async () => {
    for (const part of ['ingest', 'read']) {
      aws.functions.set(`liveinsight-prod-${part}`, { versions: [7, 9], live: 7, shares: { 9: 0.1 } });
      aws.canaries.set(part, `d-${part}`);
    }
    const { code, output } = await run(['rollback', 'prod'], cwd, aws.env);
    aws.canaries.clear();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('version 9 → 7') });
    const aliases = ['liveinsight-prod-ingest to 7', 'liveinsight-prod-read to 7'];
    expect(aws.changes.splice(0)).toEqual(['stop d-ingest', 'stop d-read', ...aliases]);
    for (const { live, shares } of aws.functions.values())
      expect({ live, shares }).toEqual({ live: 7, shares: {} });
  });

  it('changes nothing where one of them has none', async () => {
    aws.functions.set('liveinsight-prod-ingest', { versions: [1, 2], live: 2 });
    aws.functions.set('liveinsight-prod-read', { versions: [1], live: 1 });
    const { code, output } = await run(['rollback', 'prod'], cwd, aws.env);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('has no version before 1') });
    expect(aws.functions.get('liveinsight-prod-ingest')?.live).toBe(2);
  });
});

describe('liveinsight redrive', { timeout: TIMEOUT_MS }, () => {
  it('gives back what waits in the dead-letter queue', async () => {
    aws.deadLetters = 3;
    const redrive = () => run(['redrive', 'prod'], cwd, aws.env);
    expect((await redrive()).output).toContain('Moving 3 batches back to liveinsight-prod-buffer');
    expect((await redrive()).output).toContain('liveinsight-prod-dead-letters is empty');
  });
});

describe('liveinsight doctor --aws', { timeout: TIMEOUT_MS }, () => {
  it('says once that there is no deployment', async () => {
    const { code, output } = await run(['doctor', '--aws', 'stage', '--json'], cwd, aws.env);
    const wrong = JSON.parse(output).filter(({ state }: { state: string }) => state === 'problem');
    expect({ code, wrong }).toEqual({
      code: 1,
      wrong: [expect.objectContaining({ says: expect.stringContaining('there is no deployment "stage"') })],
    });
  });

  it('finds a deployment well; or what it lacks, each with its remedy', async () => {
    const database = await startDynalite();
    const doctor = async () => {
      const env = { ...aws.env, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint };
      const { code, output } = await run(['doctor', '--aws', 'prod', '--json'], cwd, env);
      const findings: { check: string; state: string; says: string; remedy?: string }[] = JSON.parse(output);
      return { code, findings: findings.filter(({ check }) => check !== 'node') };
    };
    for (const part of ['ingest', 'read', 'rollup', 'admin']) {
      aws.functions.set(`liveinsight-prod-${part}`, { versions: [1], live: 1 });
    }
    for (const name of ['read-keys', 'admin-keys', 'origin']) {
      aws.secrets.set(`liveinsight/prod/${name}`, '{"current":"a-key"}');
    }
    await createTables({
      endpoint: database.endpoint,
      eventsTable: 'liveinsight-prod-events',
      rollupsTable: 'liveinsight-prod-rollups',
    });
    const well = await doctor();
    expect(well.findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(new Set(well.findings.map(({ check }) => check))).toEqual(
      new Set([
        'endpoint',
        'database',
        'clock',
        'table',
        'numbers',
        'recovery',
        'versions',
        'function',
        'keys',
        'CORS',
        'ready',
        'permissions',
        'freshness',
        'alarms',
        'buffer',
        'quota',
      ]),
    );

    aws.concurrency = 10;
    aws.deadLetters = 2;
    aws.refused = 'AccessDeniedException: not authorized to perform: dynamodb:Query';
    aws.functions.delete('liveinsight-prod-admin');
    aws.secrets.set('liveinsight/prod/read-keys', '{"current":"a-key","previous":["older"]}');
    const { code, findings } = await doctor();
    await database.close();
    aws.refused = undefined;
    aws.deadLetters = 0;
    expect(code).toBe(1);
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([
      expect.objectContaining({ check: 'function', state: 'problem' }),
      ...['ingest', 'read', 'rollup'].map((part) =>
        expect.objectContaining({
          check: 'permissions',
          says: expect.stringContaining(`${part} may not call dynamodb:Query on events: AccessDenied`),
        }),
      ),
      expect.objectContaining({ remedy: expect.stringContaining('liveinsight keys retire prod read') }),
      expect.objectContaining({
        check: 'dead-letters',
        remedy: expect.stringContaining('liveinsight redrive prod'),
      }),
      expect.objectContaining({ check: 'quota', remedy: expect.stringContaining('Service Quotas') }),
    ]);
  });
});
