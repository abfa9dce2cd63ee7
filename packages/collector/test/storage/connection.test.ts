import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables, dynamoStore, type Transport } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from './databases.js';

describe('A connection to the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
  });
  afterAll(() => database.close());
  afterEach(() => vi.unstubAllEnvs());

  it('that the database closes just when it is used again costs no event, no read and no readiness', async () => {
    const between = await startCutter(database.endpoint);
    const store = dynamoStore({ endpoint: between.endpoint });
    await store.append(sampleBatch(['event-1'], { site: 'cut' }));
    between.cutNext();
    expect(await store.append(sampleBatch(['event-2'], { site: 'cut' }))).toMatchObject({ kind: 'stored' });
    between.cutNext();
    expect(await store.session('cut', 'session-1')).toHaveLength(2);
    between.cutNext();
    await store.ping();
    expect(between.cuts()).toBe(3);
    await store.close();
    between.close();
  });

  it('is signed by what is given, what the environment says, or what the SDK finds elsewhere', async () => {
    const ask = async (options: Parameters<typeof dynamoStore>[0]) => {
      const store = dynamoStore(options);
      await store.append(sampleBatch(['event-1'], { site: 'signed' }));
      await store.close();
    };
    const folder = mkdtempSync(join(tmpdir(), 'liveinsight-profile-'));
    const seen = await startListener();
    const options = { endpoint: seen.endpoint };
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'from-environment');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    await ask({ ...options, credentials: { accessKeyId: 'given', secretAccessKey: 'secret' } });
    await ask(options);
    writeFileSync(
      join(folder, 'credentials'),
      '[shop]\naws_access_key_id=from-profile\naws_secret_access_key=s\n',
    );
    writeFileSync(join(folder, 'config'), '[profile shop]\nregion=ap-northeast-2\n');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_PROFILE', 'shop');
    vi.stubEnv('AWS_REGION', undefined);
    // Not recognized as this machine, whose databases need neither region nor credentials.
    await ask({ endpoint: seen.endpoint.replace('127.0.0.1', '[::ffff:127.0.0.1]') });
    rmSync(folder, { recursive: true });
    seen.close();
    expect([...new Set(seen.scopes)]).toEqual([
      'given eu-west-1',
      'from-environment eu-west-1',
      'from-profile ap-northeast-2',
    ]);
  });

  it('asks for credentials again shortly before they end, and once for all requests at the time', async () => {
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      const minutes = asked === 1 ? 4 : 60;
      const expiration = new Date(Date.now() + minutes * 60_000);
      return { accessKeyId: `key-${asked}`, secretAccessKey: 'secret', expiration };
    };
    const store = dynamoStore({ ...database, credentials });
    const several = ['event-1', 'event-2', 'event-3'].map((id) => sampleBatch([id], { site: 'renewed' }));
    await Promise.all(several.map((batch) => store.append(batch)));
    for (const batch of several) await store.append(batch);
    expect(asked).toBe(2);
    await store.close();
  });

  it('goes through the middleware that is given, request and reply', async () => {
    const operations: string[] = [];
    const middleware =
      (next: Transport): Transport =>
      (request, nowMs) => {
        operations.push(request.operation);
        return next(request, nowMs);
      };
    const store = dynamoStore({ ...database, middleware });
    await store.ping();
    expect(operations.sort()).toEqual(['GetItem', 'Query']);
    await store.close();
  });
});

/** Between a client and the database: cuts the connection when the next request comes over one that has been used. */
async function startCutter(endpoint: string) {
  const { port } = new URL(endpoint);
  let armed = false;
  let cuts = 0;
  const server = createServer((client) => {
    const database = connect(Number(port), '127.0.0.1');
    client.on('error', () => {});
    database.on('error', () => {});
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
    database.pipe(client);
    let used = false;
    client.on('data', (chunk) => {
      if (armed && used) {
        armed = false;
        cuts += 1;
        client.resetAndDestroy();
        return;
      }
      used = true;
      database.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutNext() {
      armed = true;
    },
    cuts: () => cuts,
    close: () => server.close(),
  };
}

/** Hears who signs for which region, and answers nothing of use. */
async function startListener() {
  const scopes: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    client.on('data', (chunk) => {
      const found = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(String(chunk));
      if (found) scopes.push(`${found[1]} ${found[2]}`);
      client.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, scopes, close: () => server.close() };
}
