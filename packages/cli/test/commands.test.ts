import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    afterCrash.child.kill('SIGTERM');
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

  it('tables says that there is nothing to do, through the server', async () => {
    const { code, output } = await run(['tables'], home);
    expect(output).toMatch(/Nothing to do: .* through http:\/\/localhost:\d+ creates its tables itself/);
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
        'database',
        'numbers',
        'ready',
        'tracker',
        'cors',
      ]),
    );
    expect(code).toBe(0);
  });
});

async function post(url: string, event: object): Promise<{ status: string }> {
  const reply = await fetch(`${url}/api/events`, { method: 'POST', body: JSON.stringify(event) });
  return reply.json() as Promise<{ status: string }>;
}
