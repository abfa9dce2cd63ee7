/** A collector in two threads answers as one in a single thread, and neither thread takes the other with it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { createCollector } from '@liveinsight/collector';
import { type SqliteStore, sqliteStore } from '@liveinsight/collector/sqlite';
import type { StatsData } from '@liveinsight/schema';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHistory, toSent } from '../questions/history.js';
import { createQuestion, toParameters } from '../questions/question.js';
import { ADMIN_KEY, post, READ_KEY, readReply, SECRET, type Stack, startThreadedStack } from '../stack.js';

const HEADERS = { authorization: `Bearer ${ADMIN_KEY}` };
const OPTIONS = { adminKeys: [ADMIN_KEY], rollUpEverySeconds: 0 };
const event = (event_id: string, more = {}) =>
  post({ event_type: 'click', event_id, session_id: 's-1', ...more });

/** The next thread that this process starts. */
const nextThread = () => new Promise<Worker>((resolve) => process.once('worker', resolve));
/** A message that no thread of ours understands: it ends by an error that nothing catches. */
const kill = (thread: Worker) => thread.postMessage(null);

describe('a collector in two threads', () => {
  let stack: Stack;
  afterEach(() => stack.close());

  const fetch = (path: string, init: RequestInit = { headers: HEADERS }) =>
    stack.collector.fetch(new Request(`http://collector${path}`, init));

  const fill = (seed: number, sessions?: number) =>
    Promise.all(createHistory(seed, Date.now(), sessions).map((batch) => stack.store.append(toSent(batch))));

  it('answers as a collector in one thread does', async () => {
    const sites = [{ id: 'shop', shards: 2 }];
    stack = await startThreadedStack({ ...OPTIONS, sites });
    const { store } = stack;
    const single = createCollector({
      ...{ ...OPTIONS, store, sites, defaultSite: 'shop', secret: SECRET, readKeys: [READ_KEY] },
    });
    const now = Date.now();
    await Promise.all(createHistory(5, now).map((batch) => store.append(toSent(batch))));
    await stack.collector.rollUp();

    const questions = Array.from({ length: 8 }, (_, index) => createQuestion(5_000_000 + index, now));
    const [from, to] = [now - 4 * 86_400_000, now - 60_000].map((ms) => new Date(ms).toISOString());
    const range = `site=shop&from=${from}&to=${to}`;
    const paths = [
      ...questions.map((question) => `/api/stats?${toParameters(question)}`),
      `/api/stats?${range}&breakdown=page&format=csv`,
      ...[
        'sessions',
        'journeys',
        'web-vitals',
        'actions',
        'errors',
        'revenue',
        'properties',
        'retention',
      ].map((report) => `/api/${report}?${range}`),
      `/api/funnel?${range}&step=page:/&step=page:/cart`,
      `/api/export?${range}`,
      '/api/stats?from=never',
      '/api/sessions/none?site=shop',
      '/api/sites',
      '/nowhere',
    ];
    const statuses = new Set<number>();
    for (const path of paths) {
      const request = () => new Request(`http://collector${path}`, { headers: HEADERS });
      const [threaded, alone] = [await stack.collector.fetch(request()), await single.fetch(request())];
      const [own, expected] = [await threaded.text(), await alone.text()];
      expect(withoutClock(own), path).toBe(withoutClock(expected));
      expect(threaded.status).toBe(alone.status);
      expect([...threaded.headers.keys()]).toEqual([...alone.headers.keys()]);
      statuses.add(threaded.status);
    }
    expect([...statuses].sort()).toEqual([200, 400, 404]);
  });

  it('shows an event as soon as it is stored, in numbers, lists and the live view', async () => {
    stack = await startThreadedStack(OPTIONS);
    await stack.collector.fetch(new Request('http://collector/events', event('e-1')));
    const count = async () =>
      (await readReply<StatsData>(await fetch('/api/stats?from=24h'))).data.totals.events;
    expect(await count()).toBe(1);
    await stack.collector.fetch(new Request('http://collector/events', event('e-2')));
    expect(await count()).toBe(2);
    const { data } = await readReply<{ events: unknown[] }>(await fetch('/api/realtime'));
    expect(data.events).toHaveLength(2);
    // Nobody asks again: what the last question has read is known all the same, within a second.
    const tails = () => expect(stack.collector.tails()).toMatchObject([{ site: 'shop', batches: 2 }]);
    await vi.waitFor(tails, { timeout: 5_000 });
  });

  it('imports, exports and erases through both, and the live view forgets', async () => {
    stack = await startThreadedStack(OPTIONS);
    const lines = Array.from({ length: 300 }, (_, index) =>
      JSON.stringify({
        ...{ session: { session_id: `s-${index % 3}` }, visitor_id: `v-${index % 3}` },
        received_at: Date.now() - index * 1_000,
        events: [{ event_id: `e-${index}`, event_type: 'click', timestamp: Date.now() - index * 1_000 }],
      }),
    );
    const imported = await fetch('/api/import?site=shop', {
      method: 'POST',
      headers: HEADERS,
      body: lines.join('\n'),
    });
    expect(await readReply(imported)).toMatchObject({ code: 200, data: { accepted: 300 } });
    const exported = async () => (await (await fetch('/api/export?from=24h')).text()).trim().split('\n');
    expect(await exported()).toHaveLength(300);
    const seen = async () => {
      const reply = await readReply<{ sessions: { visitor_id: string }[] }>(await fetch('/api/realtime'));
      return new Set(reply.data.sessions.map(({ visitor_id }) => visitor_id));
    };
    expect(await seen()).toContain('v-1');
    const erased = await fetch('/api/visitors/v-1?site=shop', { method: 'DELETE', headers: HEADERS });
    expect(await readReply(erased)).toMatchObject({ code: 200, data: { events: 100 } });
    expect(await exported()).toHaveLength(200);
    expect(await seen()).not.toContain('v-1');
  });

  it('goes on storing when the thread of questions ends, fails what waits for it, and starts it again', async () => {
    const started = nextThread();
    const causes: string[] = [];
    stack = await startThreadedStack({ ...OPTIONS, onThreadEnd: ({ message }) => causes.push(message) });
    await fill(6);
    const thread = await started;
    await fetch('/api/stats?from=24h');
    expect(stack.collector.tails()).toMatchObject([{ site: 'shop' }]);
    const restarted = nextThread();
    const asked = [fetch('/api/stats?from=24h'), fetch('/api/export?from=30d'), stack.collector.rollUp()];
    kill(thread);
    const [stats, exported, rolledUp] = await Promise.allSettled(asked);
    expect(rolledUp?.status).toBe('rejected');
    expect(stack.collector.tails()).toEqual([]);
    for (const reply of [stats, exported]) {
      if (reply?.status !== 'fulfilled' || !(reply.value instanceof Response)) throw new Error('no response');
      expect(reply.value.status).toBe(503);
      expect(reply.value.headers.get('retry-after')).toBe('1');
      expect(await reply.value.json()).toMatchObject({
        code: 'store_unavailable',
        message: expect.stringContaining('ask again'),
      });
    }
    // Until it is there, questions are answered so at once, and events as ever.
    expect((await fetch('/api/stats?from=24h')).status).toBe(503);
    for (const id of ['e-1', 'e-2']) {
      const stored = await stack.collector.fetch(new Request('http://collector/events', event(id)));
      expect(stored.status).toBe(200);
    }
    await restarted;
    const { data } = await readReply<StatsData>(await fetch('/api/stats?from=1h&breakdown=page'));
    expect(data.totals.events).toBe(2);
    expect(causes).toHaveLength(1);
  });

  it('is not ready while the thread of questions ends again and again', async () => {
    let thread = nextThread();
    stack = await startThreadedStack({ ...OPTIONS, onThreadEnd: () => {} });
    const ready = async () => (await fetch('/ready')).status;
    expect(await ready()).toBe(200);
    for (let ends = 0; ends < 3; ends += 1) {
      const running = await thread;
      thread = nextThread();
      await running.terminate();
    }
    await thread;
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await ready()).toBe(503);
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining('has ended 3 times in a row'));
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    vi.advanceTimersByTime(3_600_000);
    expect(await ready(), 'once it stays').toBe(200);
    vi.useRealTimers();
  });

  it('ends a download that the thread does not live to finish by an error', async () => {
    const started = nextThread();
    stack = await startThreadedStack({ ...OPTIONS, onThreadEnd: () => {} });
    await fill(7, 400);
    const { body, status } = await fetch('/api/export?from=30d');
    expect(status).toBe(200);
    const reader = (body ?? new ReadableStream()).getReader();
    await reader.read();
    kill(await started);
    const readAll = async () => {
      while (!(await reader.read()).done);
    };
    await expect(readAll()).rejects.toThrow('has ended');
  });

  it('tells the application what happens in the thread, of sites that are not listed, too', async () => {
    let wrongKeys = 0;
    stack = await startThreadedStack({ ...OPTIONS, anySite: true, onWrongKey: () => (wrongKeys += 1) });
    await stack.collector.fetch(new Request('http://collector/events', event('e-1', { site: 'blog' })));
    const { data } = await readReply<StatsData>(await fetch('/api/stats?site=blog&from=24h'));
    expect(data.totals.events).toBe(1);
    expect((await fetch('/api/stats', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect(wrongKeys).toBe(1);
  });

  it('closes while questions and live streams are open, answers them, and leaves an empty log', async () => {
    stack = await startThreadedStack(OPTIONS);
    await fill(8);
    const live = await fetch('/api/live');
    const asked = fetch('/api/stats?from=30d&breakdown=page');
    await stack.collector.close();
    expect((await asked).status).toBe(200);
    expect(await live.text()).toContain(': live');
    const { folder = '' } = stack.store as SqliteStore;
    expect(statSync(join(folder, 'liveinsight.db')).size).toBeGreaterThan(0);
    expect(statSync(join(folder, 'liveinsight.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  });

  it('says that memory cannot be read by another thread', async () => {
    stack = await startThreadedStack(OPTIONS);
    const { createThreadedCollector } = await import('@liveinsight/collector/threads');
    const options = { store: sqliteStore(), secret: SECRET, sites: [{ id: 'shop' }] };
    expect(() => createThreadedCollector(options)).toThrow('store must be sqliteStore({ path })');
  });
});

/** When it was answered: later for the second of two. */
const withoutClock = (text: string): string =>
  text.replaceAll(/"(as_of|newest_at|to)":"[^"]*"/g, '"$1":""').replaceAll(/"behind_ms":\d+/g, '');
