import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynalite } from '@liveinsight/collector/local';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, type DevProgram, run, start, startDev } from './program.js';

const TIMEOUT_MS = 60_000;
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('liveinsight', { timeout: TIMEOUT_MS }, () => {
  it('names its commands, and each has its help', async () => {
    const { code, output } = await run(['--help'], cwd);
    expect(code).toBe(0);
    const commands = [
      'dev',
      'tables',
      'tail',
      'rollup',
      'export',
      'import',
      'erase',
      'doctor',
      'deploy',
      'rollback',
      'keys',
      'backup',
      'restore',
      'redrive',
      'destroy',
    ];
    for (const command of commands) expect(output).toMatch(new RegExp(`^ +${command} `, 'm'));
    const helps = await Promise.all(commands.map((command) => run([command, '--help'], cwd)));
    for (const help of helps)
      expect(help).toMatchObject({ code: 0, output: expect.stringContaining('Usage:') });
  });

  it.each([
    [['dve'], 'unknown command'],
    [['dev', '--prot', '80'], 'unknown option'],
    [['dev', '--port', '99999'], 'from 0 to 65535'],
    [['tail', '--since', 'yesterday'], '90s, 10m, 2h'],
    [['doctor', '--url', 'shop'], 'http://localhost:4000'],
  ])('exits with 2 where it does not understand %j', async (args, words) => {
    expect(await run(args, cwd)).toEqual({ code: 2, output: expect.stringContaining(words) });
  });
});

describe('liveinsight dev', { timeout: TIMEOUT_MS }, () => {
  it('keeps data and secret in a folder that no repository takes in, and lets go of it when told to stop', async () => {
    const dev = await startDev(cwd);
    const folder = join(cwd, '.liveinsight');
    const secret = readFileSync(join(folder, 'secret'), 'utf8');
    expect(secret.trim().length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    dev.child.kill('SIGINT');
    expect(await dev.ended).toBe(0);
    expect(existsSync(join(folder, 'running.json'))).toBe(false);

    const again = await startDev(cwd);
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('stores what is under way before it stops', async () => {
    const dev = await startDev(cwd);
    const replies = Promise.all(
      Array.from({ length: 40 }, (_, n) => post(dev.url, { event_type: 'page_view', session_id: `s-${n}` })),
    );
    await replies.then(() => dev.child.kill('SIGTERM'));
    expect((await replies).map(({ status }) => status)).toEqual(Array(40).fill('success'));
    expect(await dev.ended).toBe(0);
    const again = await startDev(cwd);
    const stats = await ask(again, '/api/stats');
    expect(await stats.json()).toMatchObject({ data: { totals: { events: 40 } } });
    again.child.kill('SIGKILL');
    await again.ended;
  });

  it('takes the README’s own script tag and any other site, and says what it rejected and why', async () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const [, site = ''] = /<script async src="\/liveinsight.js" data-site="([^"]+)">/.exec(readme) ?? [];
    const dev = await startDev(cwd);
    for (const id of [site, 'blog']) {
      expect(await post(dev.url, { event_type: 'page_view', site: id })).toMatchObject({ status: 'success' });
      await dev.says(new RegExp(`events +of site ${id}: ${dev.url}/dashboard\\?site=${id}#key=`));
    }
    expect(await post(dev.url, { event_type: 'page_view', site: 'My Shop' })).toMatchObject({
      status: 'error',
    });
    await dev.says(/rejected +site must be 1 to 64 of the characters a-z 0-9/);
    await post(dev.url, { event_type: 'pageview', site });
    await dev.says(/rejected +event_type must be one of/);
    dev.child.kill('SIGTERM');
    expect(await dev.ended).toBe(0);

    const again = await startDev(cwd);
    const reply = (await (await ask(again, '/api/sites')).json()) as { data: { sites: { id: string }[] } };
    expect(new Set(reply.data.sites.map(({ id }) => id))).toEqual(new Set(['default', site, 'blog']));
    again.child.kill('SIGKILL');
    await again.ended;
  });

  it('says who holds the port, or the data, and what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const noPort = await run(['dev'], cwd, { PORT: String(port) });
    taken.close();
    expect(noPort.code).toBe(1);
    expect(noPort.output).toContain(
      `error: port ${port} is already in use\n  Stop the process that uses it, or choose another port`,
    );

    const first = await startDev(cwd);
    const second = await run(['dev', '--port', '0'], cwd);
    expect(second.code).toBe(1);
    expect(second.output).toContain(`in use by another process (process ${first.child.pid}, ${first.url})`);
    expect((await fetch(`${first.url}/ready`)).status).toBe(200);
    first.child.kill('SIGKILL');
    await first.ended;

    const afterCrash = await startDev(cwd);
    afterCrash.child.kill('SIGKILL');
    await afterCrash.ended;
  });
});

describe('with a dev server running,', { timeout: TIMEOUT_MS }, () => {
  let home: string;
  let dev: DevProgram;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'liveinsight-cli-dev-'));
    dev = await startDev(home);
  }, TIMEOUT_MS);
  afterAll(async () => {
    dev.child.kill('SIGKILL');
    await dev.ended;
    rmSync(home, { recursive: true, force: true });
  });

  it('a question that is too long is refused by the name of its parameter', async () => {
    const reply = await ask(dev, `/api/stats?page=${'x'.repeat(64 * 1024)}`);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ status: 'error', data: { issues: [{ path: 'page' }] } });
  });

  it('rollup makes one round, through the server', async () => {
    expect(await run(['rollup'], home)).toEqual({
      code: 0,
      output: expect.stringMatching(/^Roll-up finished in .*through http:\/\/localhost:\d+/),
    });
  });

  it('tables shows both as ready, through the server', async () => {
    const { code, output } = await run(['tables'], home);
    expect(output).toMatch(
      /through http:\/\/localhost:\d+:\n +liveinsight-events +ready\n +liveinsight-rollups +ready/,
    );
    expect(code).toBe(0);
  });

  it('tail tells what arrived, then what arrives, each once, for people', async () => {
    await post(dev.url, { event_type: 'conversion', conversion_type: 'early', session_id: 's-early' });
    const tail = start(['tail', '--since', '5m'], home);
    await tail.says(/conversion +early +#s-early/);
    await post(dev.url, {
      event_type: 'page_view',
      page_url: 'https://a.example/x?q=1',
      page_title: 'Dear \u001b[31mred',
      session_id: 's-late',
    });
    await tail.says(/page_view +\/x +Dear \u{fffd}\[31mred +#s-late/u);
    tail.child.kill('SIGINT');
    expect(await tail.ended).toBe(0);
    expect(tail.output().match(/#s-early/g)).toHaveLength(1);
  });

  it('tail writes one JSON object per event for programs', async () => {
    const tail = start(['tail', '--json', '--since', '5m'], home);
    await post(dev.url, {
      event_type: 'custom',
      name: 'signup',
      props: { plan: 'pro' },
      session_id: 's-json',
    });
    const [line] = await tail.says(/^\{.*s-json.*\}$/m);
    tail.child.kill('SIGTERM');
    expect(await tail.ended).toBe(0);
    expect(JSON.parse(line)).toMatchObject({
      site: 'default',
      session_id: 's-json',
      event_type: 'custom',
      name: 'signup',
      props: { plan: 'pro' },
      received_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('doctor finds everything well', async () => {
    const { code, output } = await run(['doctor', '--json', '--origin', 'https://shop.example'], home);
    const findings: { check: string; state: string }[] = JSON.parse(output);
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'node',
        'data',
        'secret',
        'port',
        'clock',
        'table',
        'ready',
        'tracker',
        'cors',
      ]),
    );
    expect(code).toBe(0);
  });
});

describe('without a dev server,', { timeout: TIMEOUT_MS }, () => {
  it('tail says that nothing can arrive', async () => {
    const { code, output } = await run(['tail', '--data', 'elsewhere'], cwd);
    expect(code).toBe(1);
    expect(output).toContain('no events can arrive');
  });

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

async function post(url: string, event: object): Promise<{ status: string }> {
  const reply = await fetch(`${url}/api/events`, { method: 'POST', body: JSON.stringify(event) });
  return reply.json() as Promise<{ status: string }>;
}
