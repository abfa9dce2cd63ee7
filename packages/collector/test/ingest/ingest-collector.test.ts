/** A collector that only takes events, as a function has it: the same answers for these, nothing else. */
import type { Collector } from '@liveinsight/collector';
import { createIngestCollector, type IngestCollector } from '@liveinsight/collector/ingest';
import { toLambda } from '@liveinsight/collector/lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_KEY, READ_KEY, SECRET, type Stack, startStack, storedEvents } from '../stack.js';

let stack: Stack;
let ingest: IngestCollector;

beforeAll(async () => {
  stack = await startStack({ adminKeys: [ADMIN_KEY] });
  ingest = createIngestCollector({
    store: stack.store,
    secret: SECRET,
    sites: [{ id: 'shop' }],
    defaultSite: 'shop',
    readKeys: [READ_KEY],
    environment: 'prod',
  });
});
afterAll(() => stack.close());

const batch = (session: string, events: object[]) =>
  JSON.stringify({ v: 1, site: 'shop', batch: `b-${session}`, session: { session_id: session }, events });

/** Status and body of a request to either. */
async function ask(collector: Pick<Collector, 'handle'>, method: string, path: string, body?: string) {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' };
  const reply = await toLambda(collector)({
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'text/plain', 'x-api-key': READ_KEY },
    requestContext: { stage: '$default', http },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  });
  return { statusCode: reply.statusCode, ...JSON.parse(String(reply.body)) };
}

it('stores events once, and answers as a whole collector does', async () => {
  const events = [
    { event_id: 'e-1', event_type: 'page_view' },
    { event_id: 'e-2', event_type: 'teleport' },
  ];
  const reply = await ask(ingest, 'POST', '/api/events', batch('s-1', events));
  expect(reply).toMatchObject({
    statusCode: 200,
    data: { accepted: 1, rejected: [{ code: 'unknown_event_type' }] },
  });
  expect(await ask(stack.collector, 'POST', '/api/events', batch('s-1', events))).toEqual(reply);
  expect(await ask(ingest, 'POST', '/events', '{')).toEqual(
    await ask(stack.collector, 'POST', '/events', '{'),
  );
  expect(await storedEvents(stack.store, 's-1')).toMatchObject([{ event_id: 'e-1' }]);
});

it('tells whether it is alive, and whether its store can be used', async () => {
  expect(await ask(ingest, 'GET', '/health')).toMatchObject({
    data: { health: 'alive', environment: 'prod' },
  });
  expect(await ask(ingest, 'GET', '/ready')).toMatchObject({ statusCode: 200, data: { ready: true } });
});

it.each(['/api/stats', '/stats', '/api/realtime', '/api/export', '/dashboard', '/liveinsight.js'])(
  'has no %s, whatever key is sent',
  async (path) => {
    expect(await ask(ingest, 'GET', path)).toMatchObject({ statusCode: 404, message: `not found: ${path}` });
  },
);

it('takes events by POST alone', async () => {
  expect(await ask(ingest, 'GET', '/api/events')).toMatchObject({ statusCode: 405 });
});

it('names every option that is wrong', () => {
  expect(() =>
    createIngestCollector({ store: stack.store, secret: 'short', sites: [{ id: 'A shop' }] }),
  ).toThrow(/secret must have at least 16 characters.*sites\[0\]/);
});

it('is not ready once it is closing, then closes its store', async () => {
  let closed = 0;
  const store = {
    ...stack.store,
    async close() {
      closed += 1;
    },
  };
  const closing = createIngestCollector({ store, secret: SECRET, sites: [{ id: 'shop' }] });
  const done = closing.close();
  expect(await ask(closing, 'GET', '/ready')).toMatchObject({
    statusCode: 503,
    message: 'the collector is shutting down',
  });
  await done;
  expect(closed).toBe(1);
});
