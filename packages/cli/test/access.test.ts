/** Who may reach what the dev server has: keys, files, and what a folder of somebody else's makes commands do. */

import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, run, startDev } from './program.js';

const TIMEOUT_MS = 60_000;
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-access-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('liveinsight dev', { timeout: TIMEOUT_MS }, () => {
  it('opens with the key that it prints alone, which is kept and which no other user can read', async () => {
    const dev = await startDev(cwd);
    const file = join(cwd, '.liveinsight', 'key');
    expect(dev.key.length).toBeGreaterThanOrEqual(20);
    expect(readFileSync(file, 'utf8').trim()).toBe(dev.key);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await ask(dev, '/api/export')).status).toBe(200);
    for (const path of ['/api/stats', '/api/sessions', '/api/export', '/api/alerts']) {
      expect((await fetch(dev.url + path)).status, path).toBe(401);
      expect((await ask({ ...dev, key: `${dev.key}x` }, path)).status, path).toBe(401);
    }
    expect((await fetch(`${dev.url}/api/users/ann`, { method: 'DELETE' })).status).toBe(401);
    dev.child.kill('SIGKILL');
    await dev.ended;

    const again = await startDev(cwd);
    expect(again.key).toBe(dev.key);
    again.child.kill('SIGTERM');
    await again.ended;

    // As a repository would bring it: known to the author of the repository.
    chmodSync(file, 0o644);
    const foreign = await startDev(cwd);
    expect(foreign.key).not.toBe(dev.key);
    expect(statSync(file).mode & 0o077).toBe(0);
    foreign.child.kill('SIGTERM');
    await foreign.ended;
  });

  it('lets no other user of the machine at its data and at its database, also in a folder of before', async () => {
    const folder = join(cwd, '.liveinsight');
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, 'running.json'), '{}', { mode: 0o644 });
    const dev = await startDev(cwd);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['running.json', 'secret', 'key']) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    }
    const { endpoint, key } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
    expect(new URL(endpoint).hostname).toBe('127.0.0.1');
    const day = new Date().toISOString().slice(0, 10);
    const askSites = (headers: Record<string, string>) =>
      fetch(endpoint, { method: 'POST', headers, body: serialize({ name: 'activeSites', args: [day] }) });
    const known = { authorization: `Bearer ${key}` };
    const ofPage = { ...known, origin: 'https://shop.example' };
    for (const headers of [{}, { authorization: 'Bearer guessed' }, ofPage])
      expect((await askSites(headers)).status).toBe(403);
    expect((await askSites(known)).status).toBe(200);
    dev.child.kill('SIGKILL');
    await dev.ended;
  });
});

describe('a running.json that came with the folder', { timeout: TIMEOUT_MS }, () => {
  const aws = {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-account',
    AWS_SESSION_TOKEN: 'the-session-token',
    AWS_REGION: 'eu-central-1',
  };
  const line = JSON.stringify({
    received_at: Date.now() - 3_600_000,
    session: { session_id: 's' },
    events: [{ event_type: 'page_view', event_id: 'e' }],
  });

  /** Somebody who takes everything, on this machine. */
  async function startCollecting() {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      request.resume();
      response.end(JSON.stringify({ Table: { TableStatus: 'ACTIVE' }, Items: [], Responses: [{}] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { seen, server, port: (server.address() as AddressInfo).port };
  }

  function bring(running: object, mode: number) {
    const folder = join(cwd, '.liveinsight');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'running.json'), JSON.stringify(running));
    chmodSync(join(folder, 'running.json'), mode);
    writeFileSync(join(cwd, 'history.ndjson'), line);
  }
  const key = 'theirs';

  it('is not followed as git brings it, nor to another machine', async () => {
    const { seen, server, port } = await startCollecting();
    const endpoint = `http://127.0.0.1:${port}`;
    const url = 'http://localhost:1/\u001b]0;owned\u0007';
    bring({ pid: 1, endpoint, key, url }, 0o644);
    for (const args of [['import', 'history.ndjson'], ['tail'], ['doctor']]) {
      const { output } = await run(args, cwd, aws);
      expect(output).not.toContain('owned');
    }
    for (const elsewhere of ['http://192.0.2.1:1', 'https://evil.example', 'file:///etc', 'x']) {
      bring({ pid: 1, endpoint: elsewhere, key, url }, 0o600);
      expect((await run(['import', 'history.ndjson'], cwd, aws)).output).toContain('1 events from 1 lines');
    }
    server.close();
    expect(seen).toEqual([]);
  });

  it('gets no credentials but its own, and nothing of it reaches the terminal', async () => {
    const { seen, server, port } = await startCollecting();
    bring(
      {
        pid: 1,
        endpoint: `http://127.0.0.1:${port}/\u001b]0;owned\u0007`,
        key,
        url: `http://localhost:${port}/\u001b]0;owned\u0007`,
      },
      0o600,
    );
    const { output } = await run(['import', 'history.ndjson'], cwd, aws);
    server.close();
    expect(seen.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen)).not.toMatch(/AKIAEXAMPLE|the-session-token/);
    expect(output).not.toContain('owned');
  });
});
