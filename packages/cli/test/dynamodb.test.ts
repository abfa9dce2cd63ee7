/** `liveinsight dev --dynamodb`: the same server on a DynamoDB of one's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynalite } from '@liveinsight/collector/local';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, run, startDev } from './program.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-dynamodb-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

it('stores events there, and creates the tables', async () => {
  const database = await startDynalite();
  const dev = await startDev(cwd, '--dynamodb', database.endpoint);
  const body = JSON.stringify({ event_type: 'page_view' });
  expect((await fetch(`${dev.url}/api/events`, { method: 'POST', body })).status).toBe(200);
  dev.child.kill('SIGTERM');
  expect(await dev.ended).toBe(0);
  const again = await startDev(cwd, '--dynamodb', database.endpoint);
  const stats = await ask(again, '/api/stats');
  expect(await stats.json()).toMatchObject({ data: { totals: { page_views: 1 } } });
  again.child.kill('SIGKILL');
  await again.ended;
  await database.close();
});

it('says what is wrong with where it is', async () => {
  const [nowhere, noUrl] = await Promise.all([
    run(['dev', '--port', '0', '--dynamodb', 'http://127.0.0.1:1'], cwd),
    run(['dev', '--port', '0', '--dynamodb', 'here'], cwd),
  ]);
  expect(nowhere).toEqual({ code: 1, output: expect.stringContaining('ECONNREFUSED') });
  expect(noUrl).toEqual({ code: 1, output: expect.stringMatching(/here is not a URL\n +Use a URL like/) });
});
