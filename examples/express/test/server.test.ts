import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('the Express example', () => {
  let database: Dynalite;
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    database = await startDynalite();
    const env = {
      ...process.env,
      PORT: '0',
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      LIVEINSIGHT_SECRET: 'a secret of the smoke test',
    };
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    server = spawn(process.execPath, ['server.js'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
    if (!server.stdout) throw new Error('the server has no output');
    const [line] = await once(createInterface(server.stdout), 'line');
    url = `http://localhost:${/localhost:(\d+)/.exec(line)?.[1]}`;
  });

  afterAll(async () => {
    server.kill('SIGKILL');
    await database.close();
  });

  it('shows its own page with the script tag, and serves the tracker', async () => {
    expect(await (await fetch(url)).text()).toContain(
      '<script async src="/liveinsight.js" data-site="shop">',
    );
    const script = await fetch(`${url}/liveinsight.js`);
    expect(script.headers.get('content-type')).toMatch(/javascript/);
  });

  it.each(['/api/events', '/events'])('stores what is posted to %s', async (path) => {
    const session_id = `session-of${path.replaceAll('/', '-')}`;
    const event = { event_type: 'page_view', timestamp: 1693900000, session_id };
    const reply = await fetch(url + path, { method: 'POST', body: JSON.stringify(event) });
    expect(await reply.json()).toMatchObject({ status: 'success', data: { accepted: 1 } });

    const store = dynamoStore({ endpoint: database.endpoint });
    const [batch] = await store.session('shop', session_id);
    await store.close();
    expect(batch?.events).toMatchObject([{ event_type: 'page_view', timestamp: 1693900000_000 }]);
  });

  it('lets pages of other origins send', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const reply = await fetch(`${url}/api/events`, { method: 'OPTIONS', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('access-control-allow-origin')).toBeTruthy();
  });

  it('leaves it to the collector to answer a question that is long', async () => {
    const reply = await fetch(`${url}/api/stats?page=${'x'.repeat(64 * 1024)}`);
    expect(reply.headers.get('content-type')).toMatch(/json/);
    expect(await reply.json()).toMatchObject({ status: 'error' });
    expect(reply.status).toBe(401);
  });

  it('says that it is ready, and ends in order when it is told to', async () => {
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});
