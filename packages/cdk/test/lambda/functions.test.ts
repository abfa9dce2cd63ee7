/** The functions as they are deployed: the built bundles, under Lambda's own protocol, on dynoxide. */

import { readFileSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasDynoxide } from '../../../../scripts/dynoxide.mjs';
import { type Answer, type Asked, specs } from './events.js';
import { ADMIN_KEY, type Fixture, ORIGIN, READ_KEY, startFixture } from './fixture.js';
import type { Lambda } from './runtime-api.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const batch = (session: string, events: object[]) =>
  JSON.stringify({ v: 1, site: 'shop', batch: `b-${session}`, session: { session_id: session }, events });

const post = (body: string | Uint8Array, headers: Record<string, string> = {}): Asked => ({
  method: 'POST',
  path: '/api/events',
  headers: {
    'content-type': 'text/plain',
    origin: 'https://shop.example',
    'user-agent': FIREFOX,
    ...headers,
  },
  body,
});

interface Metric {
  Environment: string;
  Reason?: string;
  [name: string]: unknown;
}

/** The metrics in what a function logged, without what CloudWatch needs to know them by. */
const metricsIn = (lines: string[]): Metric[] =>
  lines
    .filter((line) => line.startsWith('{"_aws"'))
    .map((line) => {
      const { _aws, ProcessingTime, ...rest } = JSON.parse(line);
      expect(_aws.CloudWatchMetrics[0].Namespace).toBe('LiveInsight');
      return rest;
    });

// Tests that are not run here fail the run on CI.
describe.runIf(hasDynoxide)('the functions on Lambda', () => {
  let fixture: Fixture;
  let ingest: Lambda;
  let read: Lambda;

  beforeAll(async () => {
    fixture = await startFixture();
    ingest = await fixture.start('ingest');
    read = await fixture.start('read');
  }, 60_000);
  afterAll(() => fixture?.close());
  beforeEach(() => {
    fixture.gate.set('open');
  });

  const stored = async (session: string) =>
    (await fixture.store.session('shop', session)).flatMap(({ events }) =>
      events.map(({ event_id }) => event_id),
    );

  describe.each(Object.entries(specs))('behind %s', (name, toEvent) => {
    const session = name.replaceAll(' ', '-');

    it('stores a batch, plain or gzipped and base64, once, in the same environment', async () => {
      const event = { event_id: `${session}-1`, event_type: 'page_view' };
      const plain = await ingest.invoke<Answer>(toEvent(post(batch(session, [event]))));
      expect(plain.statusCode).toBe(200);
      expect(JSON.parse(plain.body)).toEqual({ status: 'success', data: { accepted: 1, rejected: [] } });
      const zipped = gzipSync(batch(session, [event]));
      const again = await ingest.invoke<Answer>(toEvent(post(zipped, { 'content-encoding': 'gzip' })));
      expect(again.statusCode).toBe(200);
      expect(await stored(session)).toEqual([`${session}-1`]);
      expect(ingest.starts()).toBe(1);
    });

    it.each(['/api/events', '/events', '/api/stats', '/api/realtime', '/health', '/api/users/u-1'])(
      'answers OPTIONS of %s',
      async (path) => {
        const answer = await read.invoke<Answer>(toEvent({ method: 'OPTIONS', path }));
        expect(answer.statusCode).toBe(204);
        expect(answer.headers['access-control-allow-origin']).toBe('*');
      },
    );

    it('reads with a key from the secret, and not without', async () => {
      const asked = { method: 'GET', path: '/api/stats', query: 'from=1h' };
      read.log();
      const open = await read.invoke<Answer>(toEvent({ ...asked, headers: { 'x-api-key': READ_KEY } }));
      expect(metricsIn(read.log())).toEqual([{ Environment: 'test', StatsLag: expect.any(Number) }]);
      expect(JSON.parse(open.body)).toMatchObject({ status: 'success', data: { site: 'shop' } });
      expect((await read.invoke<Answer>(toEvent(asked))).statusCode).toBe(401);
    });

    it('counts wrong keys', async () => {
      read.log();
      const headers = { 'x-api-key': 'a-key-that-opens-nothing' };
      const answer = await read.invoke<Answer>(toEvent({ method: 'GET', path: '/api/stats', headers }));
      expect(answer.statusCode).toBe(401);
      expect(metricsIn(read.log())).toEqual([{ Environment: 'test', WrongKeys: 1 }]);
    });

    it('can hold no line open, and says so', async () => {
      const headers = { 'x-api-key': ADMIN_KEY };
      const answer = await read.invoke<Answer>(toEvent({ method: 'GET', path: '/api/live', headers }));
      expect(answer.statusCode).toBe(501);
    });
  });

  const viaUrl = specs['a function URL'];

  it('the function for ingest has no reports, whatever key is sent', async () => {
    const headers = { 'x-api-key': READ_KEY };
    const answer = await ingest.invoke<Answer>(viaUrl({ method: 'GET', path: '/api/stats', headers }));
    expect(answer.statusCode).toBe(404);
  });

  it('counts events by what became of them, in one line of log per request and no call', async () => {
    ingest.log();
    const events = [
      { event_id: 'm-1', event_type: 'page_view' },
      { event_id: 'm-2', event_type: 'teleport' },
    ];
    await ingest.invoke(viaUrl(post(batch('metrics', events))));
    expect(metricsIn(ingest.log())).toEqual([
      { Environment: 'test', EventsProcessed: 1, EventsRejected: 1 },
      { Environment: 'test', Reason: 'unknown_event_type', EventsRejected: 1 },
    ]);
    const bot = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' };
    await ingest.invoke(viaUrl(post(batch('bot', [{ event_id: 'm-3', event_type: 'page_view' }]), bot)));
    expect(metricsIn(ingest.log())).toEqual([{ Environment: 'test', EventsProcessed: 1, BotEvents: 1 }]);
    await ingest.invoke(viaUrl(post('{')));
    expect(metricsIn(ingest.log())).toEqual([
      { Environment: 'test', EventsRejected: 1 },
      { Environment: 'test', Reason: 'invalid_json', EventsRejected: 1 },
    ]);
  });

  it('logs as few bytes for an ordinary request as the page on cost reckons with', async () => {
    const workload = JSON.parse(
      readFileSync(new URL('../../../../bench/costs/workload.json', import.meta.url), 'utf8'),
    );
    ingest.log();
    await ingest.invoke(viaUrl(post(batch('bytes', [{ event_id: 'b-1', event_type: 'page_view' }]))));
    // As the workload has it: an environment named so, and some milliseconds.
    const logged = ingest
      .log()
      .map((line) => line.replace('"test"', '"production"').replace(/("ProcessingTime":)\d+/, '$18'));
    const bytes = logged.reduce((sum, line) => sum + Buffer.byteLength(`${line}\n`), 0);
    expect(bytes).toBeLessThanOrEqual(workload.log_bytes_per_request);
  });

  it('says to send again what the database was too busy for, and stores it when it is sent again', async () => {
    fixture.gate.set('throttled');
    ingest.log();
    const body = batch('busy', [{ event_id: 'busy-1', event_type: 'page_view' }]);
    const busy = await ingest.invoke<Answer>(viaUrl(post(body)));
    expect(busy).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(busy.body).data).toMatchObject({ accepted: 0, retry: true });
    expect(metricsIn(ingest.log())).toEqual([{ Environment: 'test', EventsRetried: 1 }]);
    fixture.gate.set('open');
    expect((await ingest.invoke<Answer>(viaUrl(post(body)))).statusCode).toBe(200);
    expect(await stored('busy')).toEqual(['busy-1']);
  });

  it('answers before its deadline when the database is silent, and lives on', async () => {
    const hurried = await fixture.start('read', { timeoutMs: 2_500 });
    await hurried.invoke(viaUrl(post(batch('warm', [{ event_id: 'warm-1', event_type: 'page_view' }]))));
    fixture.gate.set('silent');
    const body = batch('late', [{ event_id: 'late-1', event_type: 'page_view' }]);
    const write = await hurried.invoke<Answer>(viaUrl(post(body)));
    expect(write).toMatchObject({ statusCode: 503, headers: { 'access-control-allow-origin': '*' } });
    expect(JSON.parse(write.body).data.retry_events).toEqual(['late-1']);
    const headers = { 'x-api-key': READ_KEY };
    const late = await hurried.invoke<Answer>(viaUrl({ method: 'GET', path: '/api/sessions/warm', headers }));
    expect(late.statusCode).toBe(503);
    expect(metricsIn(hurried.log()).at(-1)).toEqual({ Environment: 'test', ProcessingErrors: 1 });
    fixture.gate.set('open');
    expect((await hurried.invoke<Answer>(viaUrl(post(body)))).statusCode).toBe(200);
    expect(hurried.starts()).toBe(1);
  });

  describe('behind CloudFront', () => {
    let edge: Lambda;
    beforeAll(async () => {
      edge = await fixture.start('ingest', { env: { LIVEINSIGHT_ORIGIN_ID: 'liveinsight/test/origin' } });
    });
    const event = (session: string) =>
      batch(session, [{ event_id: `${session}-1`, event_type: 'page_view' }]);

    it.each([
      ['none', undefined, 403],
      ['a wrong one', 'guessed', 403],
      ['the present one', ORIGIN, 200],
      ['the one before a rotation', 'what-it-was-before', 200],
    ])('with %s of the origin secrets', async (_name, secret, status) => {
      const headers: Record<string, string> = secret === undefined ? {} : { 'x-liveinsight-origin': secret };
      const answer = await edge.invoke<Answer>(viaUrl(post(event(`edge-${status}`), headers)));
      expect(answer.statusCode).toBe(status);
    });

    it('takes address and country of the visitor from CloudFront', async () => {
      const from = (address: string) => ({
        'x-liveinsight-origin': ORIGIN,
        'cloudfront-viewer-address': address,
        'cloudfront-viewer-country': 'KR',
      });
      await edge.invoke(viaUrl(post(event('v-1'), from('203.0.113.1:443'))));
      await edge.invoke(viaUrl(post(event('v-2'), from('203.0.113.1:9000'))));
      await edge.invoke(viaUrl(post(event('v-3'), from('2001:db8::1:443'))));
      const visitors = await Promise.all(
        ['v-1', 'v-2', 'v-3'].map(async (session) => (await fixture.store.session('shop', session))[0]),
      );
      expect(visitors[0]).toMatchObject({ country: 'KR' });
      expect(visitors[1]?.visitor_id).toBe(visitors[0]?.visitor_id);
      expect(visitors[2]?.visitor_id).not.toBe(visitors[0]?.visitor_id);
    });
  });

  it('fails in words where its secret can not be read, and starts well once it can', async () => {
    const lost = await fixture.start('ingest', { env: { LIVEINSIGHT_SECRET_ID: 'liveinsight/test/new' } });
    await expect(lost.invoke(viaUrl(post('{}')))).rejects.toThrow(/AccessDenied/);
    fixture.secrets.set('liveinsight/test/new', { current: 'a secret of at least sixteen characters' });
    const answer = await lost.invoke<Answer>(viaUrl(post(batch('new', [{ event_type: 'click' }]))));
    expect(answer.statusCode).toBe(200);
  });

  describe('through a queue', () => {
    let buffered: Lambda;
    let drain: Lambda;
    beforeAll(async () => {
      buffered = await fixture.start('buffered-ingest');
      drain = await fixture.start('drain', { timeoutMs: 3_000 });
    });
    const records = (bodies: string[]) => ({
      Records: bodies.map((body, at) => ({ messageId: `message-${at}`, body })),
    });

    it('answers 200 once the queue holds it; stores each batch once, however often it is delivered', async () => {
      const body = batch('queued', [{ event_id: 'q-1', event_type: 'page_view' }]);
      const answer = await buffered.invoke<Answer>(viaUrl(post(body)));
      expect(answer.statusCode).toBe(200);
      expect(metricsIn(buffered.log())).toEqual([{ Environment: 'test', EventsBuffered: 1 }]);
      expect(await stored('queued')).toEqual([]);
      const messages = fixture.queue.messages.splice(0);
      for (let delivery = 0; delivery < 2; delivery += 1) {
        expect(await drain.invoke(records(messages))).toEqual({ batchItemFailures: [] });
      }
      expect(await stored('queued')).toEqual(['q-1']);
    });

    it('refuses at the door what is wrong, so that the queue holds valid batches only', async () => {
      const answer = await buffered.invoke<Answer>(viaUrl(post('{"site":"elsewhere"}')));
      expect(answer.statusCode).toBe(400);
      expect(fixture.queue.messages).toEqual([]);
    });

    it('says to send again what the queue did not take', async () => {
      fixture.queue.refusal = 'QueueDoesNotExist';
      const answer = await buffered.invoke<Answer>(viaUrl(post(batch('no', [{ event_type: 'click' }]))));
      fixture.queue.refusal = undefined;
      expect(answer.statusCode).toBe(503);
    });

    it('proves for liveinsight doctor that it may send, and sends nothing', async () => {
      const query = { liveinsight: 'check-permissions', function: 'ingest' };
      const sending = async () => {
        const { permissions } = await buffered.invoke<{ permissions: { action: string; error: unknown }[] }>(
          query,
        );
        return permissions.find(({ action }) => action === 'sqs:SendMessage');
      };
      expect(await sending()).toMatchObject({ error: null });
      fixture.queue.refusal = 'AccessDeniedException';
      expect(await sending()).toMatchObject({ error: expect.stringContaining('AccessDenied') });
      fixture.queue.refusal = undefined;
      expect(fixture.queue.messages).toEqual([]);
    });

    it('gives back to the queue what could not be written, and what is no batch', async () => {
      await buffered.invoke(viaUrl(post(batch('stuck', [{ event_id: 's-1', event_type: 'page_view' }]))));
      const messages = [...fixture.queue.messages.splice(0), 'not a batch'];
      fixture.gate.set('silent');
      const both = await drain.invoke<{ batchItemFailures: object[] }>(records(messages));
      expect(both.batchItemFailures).toEqual([
        { itemIdentifier: 'message-0' },
        { itemIdentifier: 'message-1' },
      ]);
      fixture.gate.set('open');
      expect(await drain.invoke(records(messages))).toEqual({
        batchItemFailures: [{ itemIdentifier: 'message-1' }],
      });
      expect(await stored('stuck')).toEqual(['s-1']);
    });

    const message = (change: object) => {
      const event = { event_id: 'e-1', event_type: 'page_view', timestamp: Date.now() };
      const ids = { site: 'shop', session_id: 'bad', visitor_id: 'v', batch: 'b-1' };
      const parts = { ...ids, retention_days: 30, shard_from: [[0, 0]], events: [event], ...change };
      return deflateRawSync(JSON.stringify(parts)).toString('base64');
    };

    it.each([
      ['a text for events', { events: 'x' }],
      ['no events', { events: [] }],
      ['an event without an id', { events: [{ event_type: 'page_view', timestamp: 1 }] }],
      ['an event without a type', { events: [{ event_id: 'x', timestamp: 1 }] }],
      ['an event without a time', { events: [{ event_id: 'x', event_type: 'page_view' }] }],
      ['events of null', { events: [null] }],
      ['no session', { session_id: undefined }],
      ['a number for its name', { batch: 7 }],
      ['no retention', { retention_days: null }],
      ['shards of another form', { shard_from: {} }],
    ])('writes nothing of a message with %s', async (_, change) => {
      expect(await drain.invoke(records([message(change)]))).toEqual({
        batchItemFailures: [{ itemIdentifier: 'message-0' }],
      });
      expect(await stored('bad')).toEqual([]);
    });

    it('writes the same message once it is well', async () => {
      expect(await drain.invoke(records([message({ session_id: 'well' })]))).toEqual({
        batchItemFailures: [],
      });
      expect(await stored('well')).toEqual(['e-1']);
    });
  });

  describe('on schedule', () => {
    it('brings the numbers up to date, in the same environment each time, and says how far behind they are', async () => {
      const rollup = await fixture.start('rollup');
      for (let round = 0; round < 2; round += 1) {
        expect(await rollup.invoke({ source: 'aws.events' })).toEqual({ finished: true });
      }
      expect(rollup.starts()).toBe(1);
      expect(metricsIn(rollup.log())).toEqual([
        { Environment: 'test', RollupLag: 0 },
        { Environment: 'test', RollupLag: 0 },
      ]);
    });

    it('watches alerts, and before it ends has noted what became of what it sent', async () => {
      const headers = { 'x-api-key': ADMIN_KEY };
      const rule = {
        name: 'nobody buys',
        metric: 'conversions',
        comparison: 'below',
        threshold: 1,
        window_minutes: 5,
        // No name ends so: nobody is called.
        webhook: 'https://hooks.invalid/',
        enabled: true,
      };
      await read.invoke(viaUrl({ method: 'POST', path: '/api/alerts', headers, body: JSON.stringify(rule) }));
      const rollup = await fixture.start('rollup');
      expect(await rollup.invoke({ source: 'aws.events' })).toEqual({ finished: true });
      const answer = await read.invoke<Answer>(viaUrl({ method: 'GET', path: '/api/alerts', headers }));
      expect(JSON.parse(answer.body).data.alerts[0].state).toMatchObject({
        status: 'firing',
        value: 0,
        delivery: { message: 'fired', status: 'waiting', attempts: 1, error: expect.any(String) },
      });
    });

    it('fails aloud when the database is away, and works again when it is back', async () => {
      const rollup = await fixture.start('rollup');
      fixture.gate.set('throttled');
      await expect(rollup.invoke({})).rejects.toThrow();
      expect(metricsIn(rollup.log())).toEqual([{ Environment: 'test', ProcessingErrors: 1 }]);
      fixture.gate.set('open');
      expect(await rollup.invoke({})).toEqual({ finished: true });
    });
  });
});
