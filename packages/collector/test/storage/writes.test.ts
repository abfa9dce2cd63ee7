import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  createTables,
  type DelayedWrite,
  dynamoStore,
  type Transport,
} from '@liveinsight/collector/dynamodb';
import { type FaultPlan, injectFaults, sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { clientOf, type Database, databases } from './databases.js';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `event-${at}`);

for (const { name, start, suite } of databases) {
  suite(`Writes to ${name}`, () => {
    let database: Database;
    let sites = 0;
    const newSite = () => `site-${++sites}`;
    beforeAll(async () => {
      database = await start();
      await createTables(database);
    }, 60_000);
    afterAll(() => database?.close());

    /** A store that has marked the site, and every request it sends from then on. */
    async function watched(site: string, plan: FaultPlan = () => undefined) {
      const requests: Parameters<FaultPlan>[0][] = [];
      let marked = false;
      const { middleware } = injectFaults((request) => {
        if (!marked) return undefined;
        requests.push(request);
        return plan(request);
      });
      const store = dynamoStore({ ...database, middleware });
      await store.append(sampleBatch(['first'], { site }));
      marked = true;
      return { store, requests };
    }

    it('isolate an item that the database refuses: its neighbours are stored', async () => {
      const site = newSite();
      const { store } = await watched(site);
      const endless = 'x'.repeat(1_100);
      const noise = Array.from({ length: 100_000 }, () => Math.random().toString(36).slice(2, 12)).join('');
      const [first] = sampleBatch(['big'], { site }).events;
      const bad = [
        sampleBatch(['bad'], { site, batch: endless }),
        sampleBatch(['big'], { site, events: first ? [{ ...first, props: { noise } }] : [] }),
      ];
      const good = ids(30).map((id) => sampleBatch([id], { site }));
      const batches = [...good.slice(0, 10), ...bad, ...good.slice(10)];
      const outcomes = await Promise.all(batches.map((batch) => store.append(batch)));
      const refused = outcomes.filter(({ kind }) => kind !== 'stored');
      expect(refused).toEqual([
        { kind: 'retry', event_ids: ['bad'], cause: expect.stringMatching(/Validation/) },
        { kind: 'retry', event_ids: ['big'], cause: expect.stringMatching(/Validation/) },
      ]);
      expect(await store.session(site, 'session-1')).toHaveLength(31);
      await store.close();
    });

    it('wait out a throttle, then give up in favour of a retry', async () => {
      const site = newSite();
      let left = 3;
      const plan: FaultPlan = ({ operation }) =>
        operation !== 'Query' && left-- > 0 ? { kind: 'throttled', statements: () => true } : undefined;
      const { store } = await watched(site, plan);
      expect(await store.append(sampleBatch(['event-1'], { site }))).toMatchObject({ kind: 'stored' });
      left = Number.POSITIVE_INFINITY;
      expect(await store.append(sampleBatch(['event-2'], { site }))).toEqual({
        kind: 'retry',
        event_ids: ['event-2'],
        cause: expect.stringMatching(/too much/),
      });
      await store.close();
    });

    it('stamp the arrival anew at each attempt', async () => {
      const site = newSite();
      let throttledAt = 0;
      const { store } = await watched(site, ({ operation }) => {
        if (operation === 'Query' || throttledAt > 0) return undefined;
        throttledAt = Date.now();
        return { kind: 'throttled' };
      });
      await store.append(sampleBatch(['event-1'], { site }));
      const stored = await store.session(site, 'session-1');
      expect(stored.at(-1)?.received_at).toBeGreaterThan(throttledAt);
      await store.close();
    });

    it('are stamped by the clock of the database, and told where they landed over a minute late', async () => {
      const site = newSite();
      const hourMs = 3_600_000;
      let aheadMs = hourMs;
      const late = vi.fn<(late: DelayedWrite) => void>();
      const middleware = clockAhead(() => aheadMs);
      const store = dynamoStore({ ...database, middleware, onDelayedWrite: late });
      await store.append(sampleBatch(['event-1'], { site }));
      const [stored] = await store.session(site, 'session-1');
      expect(Math.abs((stored?.received_at ?? 0) - Date.now() - hourMs)).toBeLessThan(5_000);
      expect(await store.activeSites(new Date(Date.now() + hourMs).toISOString().slice(0, 10))).toContain(
        site,
      );
      expect(late).not.toHaveBeenCalled();

      aheadMs += 65_000;
      await store.append(sampleBatch(['event-2'], { site }));
      expect(late).toHaveBeenCalledOnce();
      const [landing] = late.mock.calls[0] ?? [];
      expect((landing?.repliedAt ?? 0) - (landing?.stampedAt ?? 0)).toBeGreaterThan(60_000);
      await store.close();
    });

    it('mark a site and link a user once, however many batches', async () => {
      const site = newSite();
      const { store, requests } = await watched(site);
      for (const id of ids(5)) await store.append(sampleBatch([id], { site, user_id: 'user-1' }));
      const puts = requests.filter(
        ({ operation, body }) => operation === 'PutItem' && /^active#|#user#/.test(body.Item?.pk?.S ?? ''),
      );
      expect(puts.map(({ body }) => body.Item?.pk?.S)).toEqual([`${site}#user#user-1`]);
      await store.close();
    });

    it('mark the day of what a process stored that ended before it could', async () => {
      const site = newSite();
      let beforeMidnight = true;
      const middleware = clockAhead(() => (beforeMidnight ? 0 : 86_400_000));
      const rollupsTable = `marks-${site}`;
      await createTables({ ...database, rollupsTable });
      const ended = dynamoStore({ ...database, middleware });
      await ended.append(sampleBatch(['event-1'], { site }));
      beforeMidnight = false;
      const next = dynamoStore({ ...database, middleware, rollupsTable });
      expect(await next.append(sampleBatch(['event-1'], { site }))).toMatchObject({ kind: 'stored' });
      const [stored] = await next.session(site, 'session-1');
      expect(await next.activeSites(new Date(stored?.received_at ?? 0).toISOString().slice(0, 10))).toEqual([
        site,
      ]);
      await ended.close();
      await next.close();
    });

    it('keep events readable within one write unit, and deflate them beyond', async () => {
      const site = newSite();
      const client = clientOf(database);
      const store = dynamoStore(database);
      await store.append(sampleBatch(ids(2), { site, batch: 'small' }));
      await store.append(sampleBatch(ids(20), { site, batch: 'large' }));
      const raw = async (batch: string) => {
        const Key = { pk: { S: `${site}#session-1` }, sk: { S: batch } };
        return (await client.send(new GetItemCommand({ TableName: 'liveinsight-events', Key }))).Item ?? {};
      };
      const small = await raw('small');
      expect(JSON.parse(small.events?.S ?? '')).toEqual(sampleBatch(ids(2)).events);
      expect(small).toMatchObject({ visitor_id: { S: 'visitor-1' }, received_at: { N: expect.any(String) } });
      expect((await raw('large')).events?.B).toBeInstanceOf(Uint8Array);
      await store.close();
      client.destroy();
    });

    if (name === 'dynoxide') {
      it('share calls of up to 25, at once when idle, and never one call with the same key', async () => {
        const site = newSite();
        const { store, requests } = await watched(site);
        const batches = ids(100).map((id) => sampleBatch([id], { site }));
        const twice = batches.slice(0, 30).map((batch) => store.append(batch));
        await Promise.all([...batches.map((batch) => store.append(batch)), ...twice]);
        const calls = requests.filter(({ operation }) => operation === 'BatchExecuteStatement');
        const keys = calls.map(({ body }) =>
          (body.Statements ?? []).map(({ Parameters: [pk, sk] = [] }) => `${pk?.S} ${sk?.S}`),
        );
        for (const call of keys) {
          expect(new Set(call).size).toBe(call.length);
          expect(call.length).toBeLessThanOrEqual(25);
        }
        expect(keys.flat()).toHaveLength(130);
        expect(calls.length).toBeLessThanOrEqual(8);
        requests.length = 0;
        await store.append(sampleBatch(['alone'], { site }));
        expect(requests).toHaveLength(1);
        await store.close();
      });
    }
  });
}

/** What a database says before it falls silent. */
const BEGUN = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half';

it.concurrent.each([
  ['no answer', '', /no answer in time/],
  ['but half an answer', BEGUN, /no answer in time/],
])(
  'a write is answered as retry when %s comes within 10 s, and the connection is dropped',
  async (_, said, cause) => {
    const deaf = createServer((socket) => socket.once('data', () => socket.write(said)).resume());
    await once(deaf.listen(0, '127.0.0.1'), 'listening');
    const dropped = once(deaf, 'connection').then(([socket]) => once(socket, 'close'));
    expect(await appendTo(deaf)).toEqual(retryFor(cause));
    await dropped;
    deaf.close();
  },
  20_000,
);

it('a write is answered as retry at once when its answer is cut off', async () => {
  const cutting = createServer((socket) => socket.once('data', () => socket.end(BEGUN)));
  await once(cutting.listen(0, '127.0.0.1'), 'listening');
  expect(await appendTo(cutting)).toEqual(retryFor(/ended before it was whole/));
  cutting.close();
});

const retryFor = (cause: RegExp) => ({
  kind: 'retry',
  event_ids: ['event-1'],
  cause: expect.stringMatching(cause),
});

async function appendTo(server: Server) {
  const { port } = server.address() as AddressInfo;
  const store = dynamoStore({ endpoint: `http://127.0.0.1:${port}` });
  const outcome = await store.append(sampleBatch(['event-1']));
  await store.close();
  return outcome;
}

/** A database whose clock goes ahead of ours. */
function clockAhead(aheadMs: () => number) {
  return (next: Transport): Transport =>
    async (request, nowMs) => ({
      ...(await next(request, nowMs)),
      date: new Date(Date.now() + aheadMs()).toUTCString(),
    });
}
