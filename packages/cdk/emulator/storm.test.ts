/**
 * The deployed functions through a storm: three environments of each, a share of their calls to AWS failing in every way
 * that calls fail, each batch delivered twice whole and once in part, and deployments and rollbacks between, from direct
 * to buffered ingest and back. What was acknowledged is stored, and counted, once.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDynoxide } from '../../../scripts/dynoxide.mjs';
import { type Answer, type Asked, specs } from '../test/lambda/events.js';
import {
  ADMIN_KEY,
  type Fixture,
  type FunctionName,
  ORIGIN,
  READ_KEY,
  startFixture,
} from '../test/lambda/fixture.js';
import { FAULTS, type FaultyServices, startFaultyServices } from './faulty-services.js';
import { type Fleet, type Starter, startFleet } from './fleet.js';
import { seededRandom } from './random.js';

const SEED = Number(process.env.STORM_SEED ?? randomInt(2 ** 31));
const ENVIRONMENTS = 3;
const FAILING_SHARE = 0.15;
const BATCHES_A_PHASE = 30;
const IMPORTS_A_PHASE = 3;
const MAX_ATTEMPTS = 100;
const HOUR_MS = 3_600_000;
/** Each phase is later by this, so that there is something to roll up in the second. */
const PHASES_MS = [0, 30 * HOUR_MS];
const AFTERWARDS_MS = 60 * HOUR_MS;
const TIMEOUT_MS = 30_000;
const ROLLUP_PAUSE_MS = 1_000;
const READ_PAUSE_MS = 300;
/** Of each function, one environment has a clock that is off by this. */
const WRONG_CLOCK_MS = 20 * 60_000;
/** What an event source mapping hands over at most. */
const MAX_MESSAGES = 10;

const random = seededRandom(SEED);
const toEvent = specs['a function URL'];

interface Batch {
  batch: string;
  session: string;
  events: { event_id: string; event_type: string; timestamp: number; page_url: string }[];
}

describe.runIf(hasDynoxide)(`a storm of seed ${SEED}`, () => {
  let fixture: Fixture;
  let services: FaultyServices;
  let ingest: Fleet;
  let drain: Fleet;
  let read: Fleet;
  let admin: Fleet;
  let rollup: Fleet;
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  let failedAnswers = 0;

  const starter =
    (name: FunctionName, aheadMs: number): Starter =>
    (number) =>
      fixture.start(name, {
        aheadMs: aheadMs + (number === 0 ? WRONG_CLOCK_MS : 0),
        timeoutMs: TIMEOUT_MS,
        env: {
          AWS_ENDPOINT_URL_DYNAMODB: services.endpoint,
          AWS_ENDPOINT_URL_SECRETS_MANAGER: services.endpoint,
          AWS_ENDPOINT_URL_SQS: services.endpoint,
          LIVEINSIGHT_ORIGIN_ID: 'liveinsight/test/origin',
          ...(name === 'buffered-ingest'
            ? { BUFFER_QUEUE_URL: `${services.endpoint}/000000000000/liveinsight-test-buffer` }
            : {}),
        },
      });

  beforeAll(async () => {
    console.log(`STORM_SEED=${SEED}`);
    fixture = await startFixture();
    services = await startFaultyServices(fixture.endpoints, random);
    services.share = FAILING_SHARE;
    const [first = 0] = PHASES_MS;
    [ingest, drain, read, admin, rollup] = await Promise.all([
      startFleet(ENVIRONMENTS, starter('ingest', first)),
      startFleet(ENVIRONMENTS, starter('drain', first)),
      startFleet(ENVIRONMENTS, starter('read', first)),
      startFleet(ENVIRONMENTS, starter('read', first)),
      startFleet(ENVIRONMENTS, starter('rollup', first)),
    ]);
  });
  afterAll(async () => {
    await services?.close();
    await fixture?.close();
  });

  const headers = (more: object) => ({
    'content-type': 'text/plain',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'x-liveinsight-origin': ORIGIN,
    ...more,
  });
  const administrator = headers({ 'x-api-key': ADMIN_KEY });
  const reader = headers({ 'x-api-key': READ_KEY });

  function newBatch(at: number): Batch {
    const events = Array.from({ length: 2 + random.below(6) }, () => ({
      event_id: randomUUID(),
      event_type: 'page_view',
      timestamp: at,
      page_url: `https://shop.example/${random.below(9)}`,
    }));
    for (const { event_id } of events) sent.add(event_id);
    return { batch: randomUUID(), session: randomUUID(), events };
  }

  const toBody = ({ batch, session, events }: Batch, at: number) => ({
    v: 1,
    site: 'shop',
    batch,
    session: { session_id: session },
    ...(batch < '4' ? { user_id: `customer-${batch[0]}` } : {}),
    sent_at: at,
    events,
  });

  /** Sends until it is acknowledged, as trackers do. */
  async function deliver(fleet: Fleet, asked: Asked, events: Batch['events']): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const answer = await fleet.invoke<Answer>(toEvent(asked)).catch(() => undefined);
      if (answer && answer.statusCode < 300) {
        const { rejected = [] } = JSON.parse(answer.body).data;
        expect(rejected).toEqual([]);
        for (const { event_id } of events) acknowledged.add(event_id);
        return;
      }
      if (answer && answer.statusCode < 500) throw new Error(`${answer.statusCode} ${answer.body}`);
      failedAnswers += 1;
      await wait(random.below(50));
    }
    throw new Error(`${asked.path} was not acknowledged in ${MAX_ATTEMPTS} attempts`);
  }

  /** Twice whole and once in part, in any order, some of them at once. */
  async function deliverThrice(batch: Batch, send: (batch: Batch) => Promise<void>): Promise<void> {
    const part = { ...batch, events: batch.events.slice(random.below(batch.events.length)) };
    const three = [batch, batch, part];
    const last = three.splice(random.below(three.length), 1);
    await Promise.all(three.map(send));
    await Promise.all(last.map(send));
  }

  const post = (at: number) => (batch: Batch) =>
    deliver(
      ingest,
      { method: 'POST', path: '/api/events', headers: headers({}), body: JSON.stringify(toBody(batch, at)) },
      batch.events,
    );

  const importInto = (at: number) => (batch: Batch) => {
    const line = JSON.stringify({ ...toBody(batch, at), received_at: at });
    const asked = { method: 'POST', path: '/api/import', query: 'site=shop', headers: administrator };
    return deliver(admin, { ...asked, body: `${line}\n` }, batch.events);
  };

  /** As the event source mapping: what was not stored comes again, and now and then what was. */
  async function drainQueue(until: () => boolean): Promise<void> {
    while (!until() || fixture.queue.messages.length > 0) {
      const Records = fixture.queue.messages
        .splice(0, 1 + random.below(MAX_MESSAGES))
        .map((body, index) => ({ messageId: `m-${index}`, body }));
      if (Records.length === 0) {
        await wait(10);
        continue;
      }
      const result = await drain
        .invoke<{ batchItemFailures: { itemIdentifier: string }[] }>({ Records })
        .catch(() => ({
          batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
        }));
      const failed = new Set(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const again = Records.filter(({ messageId }) => failed.has(messageId) || random.next() < 0.1);
      fixture.queue.messages.push(...again.map(({ body }) => body));
    }
  }

  async function rollUp(until: () => boolean): Promise<void> {
    while (!until()) {
      await rollup.invoke({ source: 'aws.events' }).catch(() => undefined);
      await wait(ROLLUP_PAUSE_MS);
    }
  }

  const totals = async (): Promise<number | undefined> => {
    const asked = { method: 'GET', path: '/api/stats', query: 'site=shop&from=10d', headers: reader };
    const { statusCode, body } = await read.invoke<Answer>(toEvent(asked));
    return statusCode === 200 ? JSON.parse(body).data.totals.events : undefined;
  };

  /** No reader is ever shown more than was sent. */
  async function watch(until: () => boolean): Promise<void> {
    while (!until()) {
      const shown = await totals().catch(() => undefined);
      expect(shown ?? 0).toBeLessThanOrEqual(sent.size);
      await wait(READ_PAUSE_MS);
    }
  }

  async function storedIds(): Promise<string[]> {
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const query = `site=shop&from=10d${after}`;
      const answer = await admin.invoke<Answer>(
        toEvent({ method: 'GET', path: '/api/export', query, headers: administrator }),
      );
      expect(answer.statusCode).toBe(200);
      const text = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
      const rows = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      for (const { events = [] } of rows)
        ids.push(...events.map(({ event_id }: { event_id: string }) => event_id));
      const cursor = rows.at(-1)?.cursor;
      if (!cursor) return ids;
      after = `&after=${encodeURIComponent(cursor)}`;
    }
  }

  async function weather(aheadMs: number): Promise<void> {
    const now = Date.now() + aheadMs;
    let isOver = false;
    const over = () => isOver;
    const batches = Array.from({ length: BATCHES_A_PHASE }, () => newBatch(now));
    const imports = Array.from({ length: IMPORTS_A_PHASE }, () => newBatch(now - 48 * HOUR_MS));
    const sending = Promise.all([
      ...batches.map((batch) => deliverThrice(batch, post(now))),
      ...imports.map((batch) => deliverThrice(batch, importInto(now - 48 * HOUR_MS))),
    ]);
    const beside = [drainQueue(over), rollUp(over), rollUp(over), watch(over)];
    // A deployment and a rollback while all of it goes on.
    const deploying = (async () => {
      await ingest.deploy(starter('buffered-ingest', aheadMs));
      await Promise.all([
        ingest.deploy(starter('ingest', aheadMs)),
        drain.deploy(starter('drain', aheadMs)),
        rollup.deploy(starter('rollup', aheadMs)),
      ]);
    })();
    await Promise.all([sending, deploying]).finally(() => {
      isOver = true;
    });
    await Promise.all(beside);
  }

  const deployAll = (aheadMs: number) => {
    services.aheadMs = aheadMs;
    return Promise.all([
      ingest.deploy(starter('ingest', aheadMs)),
      drain.deploy(starter('drain', aheadMs)),
      read.deploy(starter('read', aheadMs)),
      admin.deploy(starter('read', aheadMs)),
      rollup.deploy(starter('rollup', aheadMs)),
    ]);
  };

  it('acknowledges each event', async () => {
    for (const aheadMs of PHASES_MS) {
      await deployAll(aheadMs);
      await weather(aheadMs);
    }
    expect(acknowledged).toEqual(sent);
  });

  it('has been a storm: calls failed in each way, by wrong clocks too', () => {
    expect([...services.happened.keys()].sort()).toEqual([...FAULTS].sort());
    expect(services.deniedByClock).toBeGreaterThan(0);
    expect(failedAnswers).toBeGreaterThan(0);
  });

  it('stores what it acknowledged, and nothing twice', async () => {
    services.share = 0;
    const stored = await storedIds();
    expect(stored.length).toBe(new Set(stored).size);
    expect(new Set(stored)).toEqual(acknowledged);
  });

  it('counts what it acknowledged, and nothing twice: from the log, and once it is rolled up', async () => {
    expect(await totals()).toBe(acknowledged.size);
    services.aheadMs = AFTERWARDS_MS;
    const last = await startFleet(1, starter('rollup', AFTERWARDS_MS));
    await read.deploy(starter('read', AFTERWARDS_MS));
    for (let round = 0; round < 3; round += 1)
      expect(await last.invoke({ source: 'aws.events' })).toEqual({ finished: true });
    expect(await totals()).toBe(acknowledged.size);
  });
});
