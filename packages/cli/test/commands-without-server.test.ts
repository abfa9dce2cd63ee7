import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynalite } from '@liveinsight/collector/local';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, start } from './program.js';

const TIMEOUT_MS = 60_000;
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('without a dev server,', { timeout: TIMEOUT_MS }, () => {
  it('tail says that nothing can arrive', async () => {
    const { code, output } = await run(['tail', '--data', 'elsewhere'], cwd);
    expect(code).toBe(1);
    expect(output).toContain('no events can arrive');
  });

  it.each([[['--help']], [['tables', '--help']]])(
    '%s ends well where its reader has seen enough',
    async (args) => {
      const program = start(args, cwd);
      program.child.stdout?.destroy();
      expect(await program.ended).toBe(0);
      expect(program.output()).toBe('');
    },
  );

  it('tables makes them in the DynamoDB that the environment names, once', async () => {
    const database = await startDynalite();
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      EVENTS_TABLE: 'log-e',
      ROLLUPS_TABLE: 'log-r',
    };
    const missing = await run(['tables', 'check'], cwd, env);
    const made = await run(['tables'], cwd, env);
    const again = await run(['tables', 'create'], cwd, env);
    await database.close();
    expect(missing).toEqual({
      code: 1,
      output: expect.stringMatching(/ log-e +not ready\n.*no table log-e/),
    });
    expect(made).toEqual({ code: 0, output: expect.stringMatching(/ log-e +created\n +log-r +created/) });
    expect(again).toEqual({ code: 0, output: expect.stringMatching(/ log-e +ready\n +log-r +ready/) });
  });

  it('the endpoint of all services is heeded, unless DynamoDB has one of its own', async () => {
    const database = await startDynalite();
    const nowhere = 'http://127.0.0.1:1';
    const forAll = { AWS_ENDPOINT_URL: database.endpoint };
    const ofItsOwn = { AWS_ENDPOINT_URL: nowhere, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint };
    const made = await run(['tables'], cwd, forAll);
    const again = await run(['tables'], cwd, ofItsOwn);
    const doctor = await run(['doctor', '--json'], cwd, forAll);
    const astray = await run(['doctor', '--json'], cwd, { AWS_ENDPOINT_URL: 'nowhere' });
    await database.close();
    for (const { code, output } of [made, again])
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(database.endpoint) });
    const says = ({ output }: typeof doctor, check: string) =>
      JSON.parse(output).find((finding: { check: string }) => finding.check === check);
    expect(says(doctor, 'endpoint')).toMatchObject({ says: expect.stringContaining('on this machine') });
    expect(says(doctor, 'database')).toMatchObject({ state: 'ok' });
    expect(says(astray, 'endpoint')).toMatchObject({ says: 'nowhere is not a URL' });
  });

  it('doctor in an empty folder says how to begin, and asks for no account', async () => {
    const { code, output } = await run(['doctor', '--json'], cwd);
    const problems = JSON.parse(output).filter(({ state }: { state: string }) => state === 'problem');
    expect(problems).toMatchObject([
      { check: 'database', remedy: expect.stringContaining('`liveinsight dev`') },
    ]);
    expect(output).not.toContain('AWS_ACCESS_KEY_ID');
    expect(code).toBe(1);
  });

  it.each([
    [['rollup'], /LIVEINSIGHT_SECRET must be set.*\n.*--data/],
    [['rollup', '--aws'], /LIVEINSIGHT_SITES must be set/],
  ])('%j without variables names those that are missing, without a stack', async (args, says) => {
    const { code, output } = await run(args, cwd);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(says) });
    expect(output).not.toMatch(/^ +at /m);
  });

  it('tail of a site that there is not says so, and ends', async () => {
    const variables = { LIVEINSIGHT_SITES: '[{"id":"shop"}]', EVENTS_TABLE: 'log' };
    const listed = await run(['tail', '--site', 'nope'], cwd, variables);
    expect(listed).toEqual({ code: 1, output: expect.stringMatching(/unknown site "nope"\n.*one of: shop/) });
    const database = await startDynalite();
    const env = { AWS_ENDPOINT_URL_DYNAMODB: database.endpoint };
    await run(['tables'], cwd, env);
    const unseen = await run(['tail', '--site', 'nope'], cwd, env);
    await database.close();
    expect(unseen).toEqual({
      code: 1,
      output: expect.stringMatching(/site "nope" has received no events/),
    });
  });

  it('doctor --aws names what is missing in an empty environment, each with its remedy', async () => {
    const { code, output } = await run(['doctor', '--json', '--aws'], cwd);
    const problems = JSON.parse(output).filter(({ state }: { state: string }) => state === 'problem');
    expect(problems.map(({ check }: { check: string }) => check)).toEqual([
      'region',
      'credentials',
      'collector',
    ]);
    for (const { remedy } of problems) expect(remedy).toMatch(/^Set /);
    expect(code).toBe(1);
  });

  it('doctor tells a database that is away from a collector that is', async () => {
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
      LIVEINSIGHT_SITES: '["shop"]',
      LIVEINSIGHT_SECRET: 's'.repeat(32),
    };
    const { code, output } = await run(['doctor', '--url', 'http://127.0.0.1:1'], cwd, env);
    expect(output).toMatch(/✗ database +http:\/\/127.0.0.1:1 did not respond/);
    expect(output).toMatch(/✗ collector +http:\/\/127.0.0.1:1\/health did not respond/);
    expect(output).toMatch(/! origins +any website can send events to: shop/);
    expect(output).toMatch(/! read keys +none set: reading and the dashboard will be rejected/);
    expect(code).toBe(1);
  });

  it('doctor sees a folder whose secret was cut', async () => {
    mkdirSync(join(cwd, '.liveinsight'));
    writeFileSync(join(cwd, '.liveinsight', 'secret'), 'short');
    const { code, output } = await run(['doctor'], cwd);
    expect(output).toMatch(/✗ secret +.*fewer than 16 characters\n +Restore the old secret/);
    expect(code).toBe(1);
  });
});
