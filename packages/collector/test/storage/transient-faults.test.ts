/** Faults of AWS that are over a moment later: nobody is told of them, and nothing is done twice or not at all. */
import { createTables, dynamoStore, type Transport, type WireReply } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { injectFaults, sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from './databases.js';

type Middleware = (next: Transport) => Transport;
const html = { status: 200, date: undefined, body: '<html>busy</html>' };
const json = (status: number, name: string): WireReply => ({
  status,
  date: new Date().toUTCString(),
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name }),
});
const cut = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

/** What the first call of each operation ends with; `executed`: though it was done. */
const ENDINGS: [name: string, ending: () => Promise<WireReply>][] = [
  ['InternalServerError', async () => json(500, 'InternalServerError')],
  ['ServiceUnavailable', async () => json(503, 'ServiceUnavailable')],
  ['a 503 of a proxy', async () => ({ ...html, status: 503 })],
  ['a page instead of JSON', async () => html],
  ['JSON that is cut', async () => ({ ...html, body: '{"Item' })],
  ['a connection that is cut', cut('ECONNRESET')],
  ['a pipe that is broken', cut('EPIPE')],
];

const faultyOnce = (ending: () => Promise<WireReply>, executed: boolean): Middleware => {
  const seen = new Set<string>();
  return (next) => async (request, nowMs) => {
    if (seen.has(request.operation)) return next(request, nowMs);
    seen.add(request.operation);
    if (executed) await next(request, nowMs);
    return ending();
  };
};

describe('A fault of AWS that passes', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
  });
  afterAll(() => database.close());

  describe.each([
    ['before the request was executed', false],
    ['after it was executed', true],
  ])('%s', (when, executed) => {
    it.each(ENDINGS)('is not noticed: %s', async (name, ending) => {
      const site = `${name} ${when}`.replace(/[^A-Za-z]/g, '-').toLowerCase();
      const store = (operations: Middleware = faultyOnce(ending, executed)) =>
        dynamoStore({ ...database, middleware: operations });
      const [appending, setting, deleting, pinging] = [store(), store(), store(), store()];
      const sound = dynamoStore(database);
      const annotation = { kind: 'annotation', id: 'a', version: 1, body: `{"of":"${site}"}` } as const;

      expect(await appending.append(sampleBatch(['event-1', 'event-2'], { site }))).toMatchObject({
        kind: 'stored',
      });
      expect(await setting.putSetting(site, annotation)).toBe(true);
      expect(await setting.putSetting(site, { ...annotation, version: 2 })).toBe(true);
      expect(await deleting.deleteSetting(site, 'annotation', 'a')).toBe(true);
      await pinging.ping();

      const stored = (await sound.session(site, 'session-1')).flatMap(({ events }) => events);
      expect(stored.map(({ event_id }) => event_id)).toEqual(['event-1', 'event-2']);
      expect(await sound.settings(site, 'annotation')).toEqual([]);
      await Promise.all([appending, setting, deleting, pinging, sound].map((one) => one.close()));
    });
  });

  it('makes no write of another process look as its own', async () => {
    const site = 'of-another';
    const body = '{"of":"this"}';
    const other = dynamoStore(database);
    const failing = faultyOnce(async () => json(500, 'InternalServerError'), false);
    const store = dynamoStore({ ...database, middleware: failing });
    await other.putSetting(site, { kind: 'annotation', id: 'a', version: 1, body: '{"of":"another"}' });
    expect(await store.putSetting(site, { kind: 'annotation', id: 'a', version: 1, body })).toBe(false);
    await Promise.all([store.close(), other.close()]);
  });

  it('is repeated as often as throttling, and then told', async () => {
    const calls = async (fault: 'failed' | 'throttled') => {
      const faults = injectFaults(() => ({ kind: fault }));
      const store = dynamoStore({ ...database, middleware: faults.middleware });
      await expect(store.session('never', 'session-1')).rejects.toThrow();
      await store.close();
      return faults.counts[fault];
    };
    expect(await calls('failed')).toBe(await calls('throttled'));
  });
});

describe('A reply to several statements that is shorter than they are', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
  });
  afterAll(() => database.close());

  /** PartiQL's inserts, which dynalite lacks: each executed as a put, and the first of them answered. */
  const partiql =
    (answers: number): Middleware =>
    (next) => {
      let calls = 0;
      return async (request, nowMs) => {
        if (request.operation !== 'BatchExecuteStatement') return next(request, nowMs);
        const Responses: object[] = [];
        for (const { Statement, Parameters } of JSON.parse(request.body).Statements) {
          const names: string[] = [...Statement.matchAll(/'(\w+)':/g)].map(([, name]) => name);
          const put = {
            TableName: 'liveinsight-events',
            ConditionExpression: 'attribute_not_exists(pk)',
            Item: Object.fromEntries(names.map((name, index) => [name, Parameters[index]])),
          };
          const { status } = await next({ operation: 'PutItem', body: JSON.stringify(put) }, nowMs);
          Responses.push(status === 200 ? {} : { Error: { Code: 'DuplicateItem' } });
        }
        calls += 1;
        const told = calls === 1 ? Responses.slice(0, answers) : Responses;
        return { status: 200, date: undefined, body: JSON.stringify({ Responses: told }) };
      };
    };
  const batches = (site: string) =>
    ['1', '2', '3'].map((n) => sampleBatch([`event-${n}`], { site, batch: `batch-${n}` }));

  it('counts the rest as to be tried again, which stores each event once', async () => {
    const store = dynamoStore({ ...database, middleware: partiql(1) });
    const outcomes = await Promise.all(batches('short').map((batch) => store.append(batch)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'stored']);
    expect(await store.session('short', 'session-1')).toHaveLength(3);
    await store.close();
  });

  it.each([0, -1])('is never taken for success: %i of 3', async (count) => {
    // Nothing is executed, and nothing is answered.
    const middleware: Middleware = (next) => (request, nowMs) =>
      request.operation === 'BatchExecuteStatement'
        ? Promise.resolve({
            status: 200,
            date: undefined,
            body: count < 0 ? '{}' : '{"Responses":[null]}',
          })
        : next(request, nowMs);
    const store = dynamoStore({ ...database, middleware });
    const outcomes = await Promise.all(batches(`none-${count}`).map((batch) => store.append(batch)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['retry', 'retry', 'retry']);
    await store.close();
  });
});
