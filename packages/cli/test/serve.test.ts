/** `liveinsight serve`: what production on one machine needs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Program, run, start } from './program.js';

const KEY = 'an-admin-key-of-this-test';
const ENV = { LIVEINSIGHT_SITES: '["shop"]', LIVEINSIGHT_ADMIN_KEYS: KEY };
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-serve-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function serve(...args: string[]): Promise<Program & { url: string }> {
  const program = start(['serve', '--port', '0', ...args], cwd, ENV);
  const [, url = ''] = await program.says(/"event":"started","url":"([^"]+)"/);
  return { ...program, url };
}

const post = (url: string, session_id: string) =>
  fetch(`${url}/api/events`, {
    method: 'POST',
    body: JSON.stringify({ event_type: 'page_view', site: 'shop', session_id }),
  });
const withKey = { headers: { authorization: `Bearer ${KEY}` } };

it('names what is missing: sites, keys, the secret that its data were stored with', async () => {
  const sites = await run(['serve', '--port', '0'], cwd);
  expect(sites).toEqual({ code: 1, output: expect.stringContaining('LIVEINSIGHT_SITES must be set') });
  const keys = await run(['serve', '--port', '0'], cwd, { LIVEINSIGHT_SITES: '["shop"]' });
  expect(keys).toEqual({ code: 1, output: expect.stringContaining('Set LIVEINSIGHT_ADMIN_KEYS or') });
  const secret = await run(['serve', '--port', '0'], cwd, { ...ENV, LIVEINSIGHT_SECRET: 'x'.repeat(32) });
  expect(secret).toEqual({
    code: 1,
    output: expect.stringMatching(/LIVEINSIGHT_SECRET is not the secret in/),
  });
});

it('serves events, stats, health and metrics, logs JSON lines, and stops within its bound', async () => {
  const server = await serve();
  const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => post(server.url, `s-${index}`)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  for (const path of ['/health', '/ready']) expect((await fetch(server.url + path)).status, path).toBe(200);
  const stats = await fetch(`${server.url}/api/stats?site=shop`, withKey);
  expect(await stats.json()).toMatchObject({ data: { totals: { page_views: 20 } } });
  expect((await fetch(`${server.url}/api/stats?site=shop`)).status).toBe(401);
  expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
  const wrong = { headers: { authorization: 'Bearer wrong' } };
  expect((await fetch(`${server.url}/api/stats?site=shop`, wrong)).status).toBe(401);
  const metrics = await (await fetch(`${server.url}/metrics`, withKey)).text();
  expect(metrics).toMatch(/^liveinsight_events_total\{outcome="stored"\} 20$/m);
  expect(metrics).toMatch(/^liveinsight_http_requests_total\{status="4xx"\} 3$/m);
  expect(metrics).toMatch(/^liveinsight_database_bytes [1-9]\d+$/m);
  for (const line of metrics.trim().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.+\})? [\d.e-]+)$/);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const events = server
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event);
  expect(events).toEqual(expect.arrayContaining(['started', 'wrong_key', 'stopping', 'stopped']));
});

it('killed, has what it acknowledged; backed up while it runs, and restored, has the same', async () => {
  const first = await serve();
  for (let index = 0; index < 5; index += 1) expect((await post(first.url, `s-${index}`)).status).toBe(200);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await serve();
  const backup = await run(['backup', 'copy', '--data', '.liveinsight'], cwd);
  expect(backup).toEqual({ code: 0, output: expect.stringContaining('copy') });
  expect((await post(second.url, 'after')).status).toBe(200);
  const twice = await run(['backup', 'copy', '--data', '.liveinsight'], cwd);
  expect(twice).toEqual({ code: 1, output: expect.stringContaining('is not empty') });
  const inUse = await run(['restore', 'copy', '--data', '.liveinsight'], cwd);
  expect(inUse).toEqual({ code: 1, output: expect.stringContaining('is not empty') });
  second.child.kill('SIGTERM');
  await second.ended;

  const restored = await run(['restore', 'copy', '--data', 'again'], cwd);
  expect(restored).toEqual({ code: 0, output: expect.stringContaining('again') });
  const secret = (folder: string) => readFileSync(join(cwd, folder, 'secret'), 'utf8');
  expect(secret('again')).toBe(secret('.liveinsight'));
  const third = await serve('--data', 'again');
  const stats = await fetch(`${third.url}/api/stats?site=shop`, withKey);
  expect(await stats.json()).toMatchObject({ data: { totals: { page_views: 5 } } });
  third.child.kill('SIGKILL');
  await third.ended;
});
