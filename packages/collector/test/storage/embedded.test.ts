/** The embedded database: who it answers, and what a killed process leaves of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { create, type Level, type Table } from 'dynalite/db/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let database: Dynalite;

describe('the embedded database', () => {
  const accessKeyId = 'key-of-this-database';
  beforeEach(async () => {
    database = await startDynalite({ accessKeyId });
  });
  afterEach(() => database.close());

  const signed = (key: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=a, Signature=a`;
  const listTables = (headers: Record<string, string>, method = 'POST') =>
    ask(database.endpoint, method, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': 'x',
      authorization: signed(accessKeyId),
      ...headers,
    });

  it.each(['127.0.0.1', 'localhost:8000', '[::1]:8000'])('answers who has its key, as %s', async (host) => {
    expect((await listTables({ host })).status).toBe(200);
  });

  it.each([
    ['another key', { authorization: signed('another') }],
    ['the start of its key', { authorization: signed(accessKeyId.slice(0, -1)) }],
    ['no key', { authorization: '' }],
    ['a page of any site', { origin: 'https://evil.example' }],
    ['a page of this machine', { origin: 'http://localhost:3000' }],
    ['a page without an origin', { origin: 'null' }],
    ['a name that was made to lead here', { host: 'rebound.example' }],
    ['a name that begins like this machine’s', { host: 'localhost.evil.example' }],
  ])('refuses %s', async (_who, headers) => {
    for (const method of ['POST', 'GET', 'OPTIONS']) {
      const { status, replied } = await listTables(headers, method);
      expect(status).toBe(403);
      expect(replied['access-control-allow-origin']).toBeUndefined();
    }
  });

  it.each([
    ['to the end', 3],
    ['in part', 1],
  ])('leaves nothing open of what was read %s', async (_how, wanted) => {
    const { db } = create({});
    await db.batch(['a', 'b', 'c'].map((key) => ({ type: 'put', key, value: key })));
    const values = db.values.bind(db);
    const opened: ReturnType<Level['values']>[] = [];
    db.values = (range) => {
      const iterator = values(range);
      opened.push(iterator);
      return iterator;
    };
    const read: unknown[] = [];
    for await (const value of db.createValueStream({})) {
      read.push(value);
      if (read.length === wanted) break;
    }
    expect(read).toHaveLength(wanted);
    expect(opened).toHaveLength(1);
    await expect(opened[0]?.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' });
    await db.close();
  });

  it('is reached by a store that has its credentials, and by no other', async () => {
    const { endpoint } = database;
    const credentials = { accessKeyId, secretAccessKey: 'any' };
    await createTables({ endpoint, credentials });
    const own = dynamoStore({ endpoint, credentials });
    const other = dynamoStore({ endpoint });
    await own.ping();
    await expect(other.ping()).rejects.toThrow('access key');
    await Promise.all([own.close(), other.close()]);
  });
});

it('says that its data are in use, and what to do, where another has them open', async () => {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-data-in-use-'));
  const first = await startDynalite({ path });
  await expect(startDynalite({ path })).rejects.toMatchObject({
    message: `the data in ${path} are in use by another process: stop that one, or give this one a path of its own`,
    cause: { code: 'LEVEL_LOCKED' },
  });
  await first.close();
  rmSync(path, { recursive: true });
});

describe('the data of a process that was killed while it wrote', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'liveinsight-repair-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  const batch = (name: string) => sampleBatch([name], { site: 'shop', session_id: `session-${name}` });

  async function withStore<Result>(work: (store: ReturnType<typeof dynamoStore>) => Promise<Result>) {
    const { endpoint, close } = await startDynalite({ path });
    await createTables({ endpoint });
    const store = dynamoStore({ endpoint });
    try {
      return await work(store);
    } finally {
      await store.close();
      await close();
    }
  }

  /** As dynalite would have left it, had it been killed between two of its writes. */
  async function withFiles(work: (db: Level) => Promise<void>) {
    const { db } = create({ path });
    await db.open();
    await work(db);
    await db.close();
  }

  /** Removes what is there under the prefix and says so. */
  async function remove(db: Level, prefix: string, saying: string) {
    for await (const [key, value] of db.iterator({ gte: prefix, lt: `${prefix}\u00ff` })) {
      if (JSON.stringify(value).includes(saying)) await db.batch([{ type: 'del', key }]);
    }
  }

  const counted = (store: ReturnType<typeof dynamoStore>) => {
    const now = Date.now();
    const day = new Date(now).toISOString().slice(0, 10);
    return store
      .arrivals({ site: 'shop', day, shard: 0, from: now - 600_000, to: now + 60_000, limit: 100 })
      .then(({ batches }) => batches.flatMap(({ events }) => events.map(({ event_id }) => event_id)).sort());
  };

  it('counts an event once whose batch was in the index alone, and is sent again', async () => {
    await withStore((store) => Promise.all(['a', 'b', 'c'].map((name) => store.append(batch(name)))));
    await withFiles((db) => remove(db, 'item-liveinsight-events~', 'session-b'));
    await withStore(async (store) => {
      expect(await counted(store)).toEqual(['a', 'c']);
      expect(await store.append(batch('b'))).toMatchObject({ kind: 'stored' });
      expect(await counted(store)).toEqual(['a', 'b', 'c']);
    });
  });

  it('counts an event whose deletion had begun, until it is deleted', async () => {
    await withStore((store) => Promise.all(['a', 'b'].map((name) => store.append(batch(name)))));
    await withFiles((db) => remove(db, 'index-global~liveinsight-events~', 'session-b'));
    await withStore(async (store) => expect(await counted(store)).toEqual(['a', 'b']));
  });

  it('has its tables, also those that were being made', async () => {
    await withStore((store) => store.append(batch('a')));
    await withFiles(async (db) => {
      const key = 'table~liveinsight-events';
      const [table] = (await db.getMany([key])) as Table[];
      await db.batch([{ type: 'put', key, value: { ...table, TableStatus: 'CREATING' } }]);
    });
    await withStore(async (store) => {
      await store.ping();
      expect(await counted(store)).toEqual(['a']);
    });
  });
});

/** With whatever headers: a browser's `fetch` sets its own. */
function ask(endpoint: string, method: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; replied: IncomingHttpHeaders }>((resolve, reject) => {
    const call = request(endpoint, { method, headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode, replied: response.headers }));
    });
    call.once('error', reject);
    call.end(method === 'POST' ? '{}' : undefined);
  });
}
