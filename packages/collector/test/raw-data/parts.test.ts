/** Answers of any length where the platform can't stream: in parts, each bounded in bytes and time. */
import { type Collector, createCollector } from '@liveinsight/collector';
import { dynamoStore, type Transport } from '@liveinsight/collector/dynamodb';
import { toLambda } from '@liveinsight/collector/lambda';
import type { SessionTimeline } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ADMIN_KEY, type DynamoStack, type ReadReply, SECRET, startDynamoStack } from '../stack.js';
import { ask, linesOf } from './ask.js';

/** What Lambda takes as a reply. */
const LAMBDA_BYTES = 6_291_556;
const TEN_YEARS = 3_650;

describe('without streaming', () => {
  let stack: DynamoStack;
  beforeAll(async () => {
    stack = await startDynamoStack({
      sites: [{ id: 'shop' }, { id: 'archive', retentionDays: TEN_YEARS }],
      adminKeys: [ADMIN_KEY],
    });
  });
  afterAll(() => stack.close());

  /** A batch of 50 events, 60 KB or so. */
  const fill = (session_id: string, batch: string, user_id?: string) => {
    const ids = Array.from({ length: 50 }, (_, n) => `${batch}-${n}`);
    const more = { session_id, batch, ...(user_id === undefined ? {} : { user_id }) };
    const whole = sampleBatch(ids, more);
    const events = whole.events.map((event) => ({ ...event, props: { text: 'é'.repeat(500) } }));
    return stack.store.append({ ...whole, events });
  };
  const lambda = (path: string, query = '') =>
    toLambda(stack.collector)({
      version: '2.0',
      rawPath: path,
      rawQueryString: query,
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
      isBase64Encoded: false,
      requestContext: { stage: '$default', http: { method: 'GET', sourceIp: '203.0.113.1' } },
    } as never) as Promise<{
      statusCode: number;
      headers: Record<string, string>;
      body: string;
      isBase64Encoded: boolean;
    }>;

  /** All parts of an answer, by the cursor that each names in its header. */
  async function parts(path: string): Promise<string[]> {
    const texts: string[] = [];
    for (let query = ''; ; ) {
      const reply = await lambda(path, query);
      expect(reply.statusCode).toBe(200);
      expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(LAMBDA_BYTES);
      texts.push(Buffer.from(reply.body, reply.isBase64Encoded ? 'base64' : 'utf8').toString());
      const cursor = reply.headers['x-next-cursor'];
      if (cursor === undefined) return texts;
      query = `after=${cursor}`;
    }
  }

  it('a user’s export has everything once, and nothing of others, over as many parts as it takes', async () => {
    const names = Array.from({ length: 70 }, (_, n) => `batch-${String(n).padStart(2, '0')}`);
    await Promise.all(names.map((name, n) => fill(`of-ann-${n % 3}`, name, 'ann')));
    await fill('of-ann-0', 'unnamed');
    await fill('shared', 'of-ann', 'ann');
    await fill('shared', 'of-bob', 'bob');
    await fill('shared', 'of-nobody');
    const texts = await parts('/api/users/ann/export');
    expect(texts.length).toBeGreaterThan(2);
    const found = texts.flatMap(linesOf).map(({ batch }) => batch);
    expect(found.sort()).toEqual([...names, 'unnamed', 'of-ann'].sort());
    const streamed = await ask(stack.collector, '/api/users/ann/export');
    expect(streamed.headers.get('x-next-cursor')).toBeNull();
    expect(
      linesOf(await streamed.text())
        .map(({ batch }) => batch)
        .sort(),
    ).toEqual(found.sort());
  });

  it.each(['nonsense', 'W10', 'WzFd', 'WyJhIiwiIl0'])(
    'a cursor that no answer gave is refused: %s',
    async (after) => {
      const response = await ask(stack.collector, `/api/users/ann/export?after=${after}`, {}, false);
      expect(response.status).toBe(400);
    },
  );

  it('a session’s timeline has each event once, in order, over as many parts as it takes', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => fill('long', `l-${n}`)));
    const found: string[] = [];
    const gaps: number[] = [];
    let asked = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; asked += 1) {
      const reply = await lambda('/api/sessions/long', cursor && `cursor=${cursor}`);
      expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(LAMBDA_BYTES);
      const { data }: ReadReply<SessionTimeline> = JSON.parse(reply.body);
      expect(data.session.events).toBe(3_000);
      found.push(...data.events.map(({ event_id }) => event_id));
      gaps.push(...data.events.map(({ since_previous_ms }) => since_previous_ms));
      if (data.cursor !== undefined)
        expect(data.notes).toContainEqual(expect.stringMatching(/^these are events 1 to /));
      cursor = data.cursor;
    }
    expect(asked).toBeGreaterThan(1);
    expect(new Set(found).size).toBe(3_000);
    expect(found).toHaveLength(3_000);
    expect(gaps).toEqual(gaps.map(() => 0));
    expect((await lambda('/api/sessions/long', 'cursor=none')).statusCode).toBe(400);
  });

  /** A collector of ten years' retention whose clock goes on by so much with each read. */
  async function withSlowStore(
    readMs: number,
    work: (collector: Collector, reads: () => number) => Promise<void>,
  ) {
    let now = Date.now();
    let reads = 0;
    const slow =
      (next: Transport): Transport =>
      (request, nowMs) => {
        now += readMs;
        reads += 1;
        return next(request, nowMs);
      };
    const store = dynamoStore({ endpoint: stack.endpoint, middleware: slow });
    const sites = [{ id: 'archive', retentionDays: TEN_YEARS }];
    const collector = createCollector({
      store,
      secret: SECRET,
      sites,
      adminKeys: [ADMIN_KEY],
      rollUpEverySeconds: 0,
    });
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now);
    await work(collector, () => reads);
    clock.mockRestore();
    await collector.close();
  }

  it('ends a part in time where there is nothing to be found, and goes on behind it', () =>
    withSlowStore(600, async (collector, reads) => {
      let parts = 0;
      for (let after: string | null = ''; after !== null; parts += 1) {
        const before = reads();
        const query: string = after && `&after=${after}`;
        const response = await ask(collector, `/api/export?from=100d${query}`, {}, false);
        expect(await response.text()).toBe('');
        // 20 s, and what is read ahead.
        expect(reads() - before).toBeLessThan(34 + 32);
        after = response.headers.get('x-next-cursor');
      }
      expect(parts).toBeGreaterThan(1);
      expect(reads()).toBeGreaterThanOrEqual(100);
    }));

  it('begins a stream before the first row is found', () =>
    withSlowStore(100, async (collector, reads) => {
      const response = await ask(collector, '/api/export?from=3600d');
      expect(response.status).toBe(200);
      expect(reads()).toBeLessThan(3 * 32);
      await response.body?.cancel();
    }));
});
