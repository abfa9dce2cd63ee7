import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startDynalite } from '@liveinsight/collector/local';
import { describe, expect, it } from 'vitest';
import { freePort } from '../way/installed-app.js';
import { emptyFolder } from './empty-folder.js';
import { startProgram } from './program.js';

const KEY = 'a-key-of-twenty-characters';

/** The collector behind the web server that the runtime itself has. */
const program = (serve: string) => `
  import { createCollector } from '@liveinsight/collector';
  import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
  const env = globalThis.Bun ? Bun.env : Deno.env.toObject();
  const connection = { endpoint: env.DATABASE };
  await createTables(connection);
  const collector = createCollector({
    store: dynamoStore(connection), secret: 'a secret for this test alone', sites: [{ id: 'shop' }], defaultSite: 'shop',
    readKeys: ['${KEY}'],
  });
  ${serve}
`;

const runtimes = [
  {
    name: 'Bun',
    packages: 'bun',
    /** npm's own package of it for this machine: what the package named above would link, were its scripts run. */
    binaries: 'node_modules/@oven',
    path: 'bin/bun',
    flags: '',
    serve: `Bun.serve({ port: env.PORT, idleTimeout: 60, fetch: (request, server) =>
      collector.fetch(request, { ip: server.requestIP(request)?.address }) });`,
  },
  {
    name: 'Deno',
    packages: 'deno',
    binaries: 'node_modules/@deno',
    path: 'deno',
    flags: ' run --allow-all --node-modules-dir=manual',
    serve: `Deno.serve({ port: Number(env.PORT) }, (request, { remoteAddr }) =>
      collector.fetch(request, { ip: remoteAddr.hostname }));`,
  },
];

describe.each(runtimes)('on $name', ({ name, packages, binaries, path, flags, serve }) => {
  it('the collector stores, answers and pushes what the web server of the runtime is sent', async () => {
    const database = await startDynalite();
    const folder = await emptyFolder(name, { PORT: `${await freePort()}`, DATABASE: database.endpoint });
    await folder.write({
      'package.json': '{ "private": true, "type": "module" }',
      'server.mjs': program(serve),
    });
    await folder.install(`npm install @liveinsight/collector @aws-sdk/client-dynamodb ${packages}`);
    const home = join(folder.path, binaries);
    const [binary = ''] = readdirSync(home).map((one) => join(home, one, path));
    const server = await startProgram(`${binary}${flags} server.mjs`, folder);
    const ask = (at: string) => fetch(`${server.url}${at}`, { headers: { authorization: `Bearer ${KEY}` } });
    const send = async (body: string | Uint8Array<ArrayBuffer>, headers = {}) => {
      const response = await fetch(`${server.url}/api/events`, { method: 'POST', body, headers });
      expect(response.status, await response.text()).toBe(200);
    };
    try {
      const live = (await ask('/api/live')).body?.pipeThrough(new TextDecoderStream()).getReader();
      const event = { event_type: 'page_view', session_id: 's', page_url: 'https://shop.example/커피' };
      await send(JSON.stringify(event));
      await send(Uint8Array.from(gzipSync(JSON.stringify({ ...event, session_id: 'zipped' }))), {
        'content-encoding': 'gzip',
      });
      let pushed = '';
      while (!pushed.includes('zipped')) pushed += (await live?.read())?.value ?? '';
      await live?.cancel();
      const { data } = await (await ask('/api/stats?breakdown=page')).json();
      expect(data.totals).toMatchObject({ page_views: 2, sessions: 2, visitors: 1 });
      expect(data.breakdowns.page).toMatchObject([{ value: '/%EC%BB%A4%ED%94%BC', page_views: 2 }]);
      const session = await (await ask('/api/sessions/s')).json();
      expect(session.data.events).toHaveLength(1);
      expect((await ask('/api/stats?page=/')).headers.get('content-type')).toContain('json');
      expect((await fetch(`${server.url}/api/stats`)).status).toBe(401);
      await server.ends();
    } finally {
      await database.close();
    }
  });
});
