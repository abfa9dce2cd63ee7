/** The client with servers that fail. */
import { createServer, type Server } from 'node:http';
import { type ClientOptions, createClient } from '@liveinsight/node';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from './listen.js';

const SITE = 'shop';

describe('a client', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  type Answer = [status: number, body: object | string, headers?: Record<string, string>];

  /** Answers one request after the other so, and then takes everything. */
  async function serve(...answers: Answer[]) {
    const received: { batch: string; events: object[]; dropped?: object }[] = [];
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      received.push(JSON.parse(text));
      const stored = { status: 'success', data: { accepted: received.at(-1)?.events.length, rejected: [] } };
      const [status, body, headers = {}] = answers.shift() ?? [200, stored];
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    return { endpoint: await listen(server), received };
  }
  const errors: string[] = [];
  const open = (options: Partial<ClientOptions> & { endpoint: string }) => {
    errors.length = 0;
    return createClient({
      site: SITE,
      flushAfterMs: 0,
      onError: ({ message }) => errors.push(message),
      ...options,
    });
  };
  const custom = (name: string) => ({ event_type: 'custom', name }) as const;

  it('sends a batch again under its name until a collector has it, whatever answers in between', async () => {
    const { endpoint, received } = await serve(
      [503, { status: 'error' }, { 'retry-after': '1' }],
      [200, '<html>a captive portal</html>'],
      [429, {}],
    );
    const client = open({ endpoint });
    client.track(custom('a'));
    await client.flush(1_500);
    client.track(custom('b'));
    while (client.waiting > 0) await client.flush(1_500);
    await client.close();
    expect(received).toHaveLength(5);
    const sent = (name: string) =>
      received.filter(({ events }) => JSON.stringify(events).includes(`"${name}"`));
    for (const tries of [sent('a'), sent('b')])
      expect(new Set(tries.map(({ batch, events }) => JSON.stringify([batch, events]))).size).toBe(1);
    expect(received.flatMap(({ events }) => events)).toHaveLength(5);
    expect(errors).toEqual(['events could not be sent, and are tried again: status 503']);
  });

  it('gives up what is rejected, with the reason, and tells it with the next batch', async () => {
    const rejected = [{ index: 0, code: 'invalid_value', message: 'value must be a number' }];
    const { endpoint, received } = await serve(
      [400, { status: 'error', code: 'invalid_value', message: 'no', data: { accepted: 0, rejected } }],
      [403, { status: 'error', code: 'unknown_site', message: 'no site shop' }],
    );
    const client = open({ endpoint });
    for (const name of ['a', 'b', 'c']) {
      client.track(custom(name));
      expect(await client.flush()).toBe(true);
    }
    expect(errors).toEqual([
      '1 event was given up (invalid_value): value must be a number',
      '1 event was given up (http_403): no site shop',
    ]);
    expect(received.map(({ dropped }) => dropped)).toEqual([
      undefined,
      { invalid_value: 1 },
      { invalid_value: 1, http_403: 1 },
    ]);
    await client.close();
  });

  it('tells every reason, 16 with a batch', async () => {
    const rejected = Array.from({ length: 20 }, (_, index) => ({
      index,
      code: `reason_${index}`,
      message: '',
    }));
    const { endpoint, received } = await serve([200, { data: { accepted: 0, rejected } }]);
    const client = open({ endpoint, flushAfterMs: 10_000 });
    for (const { code } of rejected) client.track(custom(code));
    await client.flush();
    for (const name of ['a', 'b', 'c']) {
      client.track(custom(name));
      await client.flush();
    }
    const told = received.map(({ dropped = {} }) => Object.keys(dropped));
    expect(told.map(({ length }) => length)).toEqual([0, 16, 4, 0]);
    expect(told.flat().sort()).toEqual(rejected.map(({ code }) => code).sort());
    await client.close();
  });

  it('batches the events of one sender, 50 at most, and those of another apart', async () => {
    const { endpoint, received } = await serve();
    const client = open({ endpoint, flushAfterMs: 10_000 });
    for (let index = 0; index < 120; index += 1)
      client.track(custom(`e${index}`), { userId: `u${index % 2}` });
    expect(await client.close()).toBe(true);
    expect(received.map(({ events }) => events.length).sort((a, b) => b - a)).toEqual([50, 50, 10, 10]);
    expect(client.track(custom('late'))).toBe(false);
  });

  it('holds no more than its budget, and never throws', async () => {
    const { endpoint, received } = await serve();
    const client = open({ endpoint, maxQueueBytes: 10_000, flushAfterMs: 10_000 });
    const taken = Array.from({ length: 200 }, (_, index) =>
      client.track({ ...custom(`e${index}`), props: { text: 'x'.repeat(100) } }),
    );
    const count = taken.filter(Boolean).length;
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(100);
    const circular: { [key: string]: never } = {};
    Reflect.set(circular, 'self', circular);
    expect(client.track({ ...custom('circular'), props: circular })).toBe(false);
    await client.close();
    expect(received.flatMap(({ events }) => events)).toHaveLength(count);
    expect(received[0]?.dropped).toEqual({ queue_full: 200 - count, client_error: 1 });
  });

  it('gives back false after a time where nobody answers', async () => {
    const client = open({ endpoint: 'http://127.0.0.1:9/api/events' });
    client.track(custom('a'));
    expect(await client.close(300)).toBe(false);
    expect(client.waiting).toBe(1);
    expect(errors[0]).toMatch(/^events could not be sent, and are tried again: ./);
  });

  it('takes undefined as not given, and goes on where onError throws', async () => {
    const { endpoint, received } = await serve();
    const onError = () => {
      throw new Error('of the listener');
    };
    const options = { endpoint, site: SITE, flushAfterMs: undefined, maxQueueBytes: 10_000, onError };
    const client = createClient(options as unknown as ClientOptions);
    const taken = Array.from({ length: 200 }, (_, index) =>
      client.track({ ...custom(`e${index}`), props: { text: 'x'.repeat(100) } }),
    );
    expect(taken).toContain(false);
    expect(await client.close()).toBe(true);
    expect(received.flatMap(({ events }) => events)).toHaveLength(taken.filter(Boolean).length);
  });

  it('says which option is wrong', () => {
    const create = (options: object) => () => createClient(options as ClientOptions);
    const endpoint = 'https://collector.example/api/events';
    expect(create({ endpoint, site: SITE, flushAfter: 1 })).toThrow(
      'unknown option "flushAfter" (allowed: endpoint',
    );
    expect(create({ endpoint: '/api/events', site: SITE })).toThrow('endpoint must be an http or https URL');
    expect(create({ endpoint, site: 'My Shop' })).toThrow('site must be 1 to 64');
    expect(create({ endpoint, site: SITE, maxQueueBytes: 0 })).toThrow(
      'maxQueueBytes must be a number of at least',
    );
  });
});
