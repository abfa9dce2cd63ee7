import { type Collector, createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import type { RealtimeData } from '@liveinsight/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { post, READ_KEY, readReply, SECRET } from '../stack.js';

const AUTH = { authorization: `Bearer ${READ_KEY}` };

interface Message {
  id: string;
  data: { session_id: string; events: { event_id: string; page: string; received_at: string }[] };
}

/** Reads a stream of Server-Sent Events message by message. */
async function* messagesOf(response: Response): AsyncGenerator<Message> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const of = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = of('data');
      if (data) yield { id: of('id') ?? '', data: JSON.parse(data) };
    }
  }
}

describe('two collectors that share a store', () => {
  let dynalite: Dynalite;
  let collectors: [Collector, Collector];
  let site: string;
  let sites = 0;
  let events = 0;

  beforeAll(async () => {
    dynalite = await startDynalite();
    await createTables({ endpoint: dynalite.endpoint });
    const open = () =>
      createCollector({
        store: dynamoStore({ endpoint: dynalite.endpoint }),
        secret: SECRET,
        sites: Array.from({ length: 20 }, (_, at) => ({ id: `site-${at}` })),
        readKeys: [READ_KEY],
      });
    collectors = [open(), open()];
  });
  beforeEach(() => {
    site = `site-${sites}`;
    sites += 1;
  });
  afterAll(async () => {
    for (const collector of collectors) await collector.close();
    await dynalite.close();
  });

  const nextId = () => `event-${++events}`;

  async function send(to: Collector, ids: string[], more: object = {}): Promise<void> {
    const batch = {
      site,
      batch: ids[0],
      session: { session_id: 'session-1', entry_page: '/start' },
      visitor_id: 'visitor-1',
      events: ids.map((event_id) => ({
        event_id,
        event_type: 'page_view',
        page_url: `https://shop.example/${event_id}`,
        view: 1,
      })),
      ...more,
    };
    const reply = await readReply(await to.fetch(new Request('http://c/api/events', post(batch))));
    expect(reply.code).toBe(200);
  }

  async function realtime(of: Collector, query = ''): Promise<RealtimeData> {
    const request = new Request(`http://c/api/realtime?site=${site}${query}`, { headers: AUTH });
    return (await readReply<RealtimeData>(await of.fetch(request))).data;
  }

  const idsOf = ({ events }: RealtimeData) => events.map(({ event_id }) => event_id);

  it('both know who is on the site, whichever took the events', async () => {
    const [first, second] = collectors;
    const a = nextId();
    const b = nextId();
    await realtime(second);
    await send(first, [a]);
    await send(second, [b]);
    for (const collector of collectors) {
      await expect.poll(async () => idsOf(await realtime(collector)).toSorted()).toEqual([a, b].toSorted());
      const data = await realtime(collector);
      expect(data.active_sessions).toEqual({ last_5_minutes: 1, last_30_minutes: 1 });
      expect(data.sessions[0]).toMatchObject({
        session_id: 'session-1',
        entry_page: '/start',
        page_views: 2,
        events: 2,
      });
      expect(data.events_per_5_minutes).toHaveLength(20);
      expect(data.events_per_second).toHaveLength(60);
      expect(data.events_per_5_minutes.reduce((sum, bucket) => sum + bucket.events, 0)).toBe(2);
    }
  });

  it('go on from a cursor: each event once at the one that gave it, none missing at the other', async () => {
    const [first, second] = collectors;
    const old = nextId();
    await send(first, [old]);
    const { cursor } = await realtime(first);
    const fresh = [nextId(), nextId()];
    await send(second, [fresh[0] ?? '']);
    await send(first, [fresh[1] ?? '']);
    // Those who ask within a tenth of a second share one look at what others have stored.
    await expect
      .poll(async () => idsOf(await realtime(first, `&cursor=${cursor}`)).toSorted())
      .toEqual(fresh.toSorted());
    await expect
      .poll(async () => idsOf(await realtime(second, `&cursor=${cursor}`)))
      .toEqual(expect.arrayContaining(fresh));
    const { cursor: last } = await realtime(first, `&cursor=${cursor}`);
    expect(idsOf(await realtime(first, `&cursor=${last}`))).toEqual([]);
  });

  it('tell of a batch once, though it is sent again to both', async () => {
    const [first, second] = collectors;
    const ids = [nextId(), nextId()];
    await realtime(first);
    await send(first, ids);
    await send(second, ids);
    await send(first, [...ids, nextId()], { batch: ids[0] });
    await expect.poll(async () => idsOf(await realtime(first))).toHaveLength(3);
    const data = await realtime(first);
    expect(data.sessions[0]?.page_views).toBe(3);
  });

  it('miss nothing where one comes back to the other, which has told of fewer', async () => {
    const [first, second] = collectors;
    await realtime(first);
    const told = [nextId(), nextId(), nextId(), nextId()];
    for (const id of told) await send(first, [id]);
    const { cursor } = await realtime(first);
    const store = dynamoStore({ endpoint: dynalite.endpoint });
    await store.deleteBatches(site, 'session-1', told);
    await store.close();
    await expect.poll(async () => idsOf(await realtime(second))).toEqual([]);
    const fresh = nextId();
    await send(first, [fresh]);
    await expect.poll(async () => idsOf(await realtime(second))).toEqual([fresh]);
    expect(idsOf(await realtime(second, `&cursor=${cursor}`))).toEqual([fresh]);

    const abort = new AbortController();
    const request = new Request(`http://c/api/live?site=${site}`, {
      headers: { ...AUTH, 'last-event-id': cursor },
      signal: abort.signal,
    });
    const missed = (await messagesOf(await second.fetch(request)).next()).value as Message;
    expect(missed.data.events.map(({ event_id }) => event_id)).toEqual([fresh]);
    abort.abort();
  });

  it('refuse a cursor that nobody gave', async () => {
    const request = new Request(`http://c/api/realtime?site=${site}&cursor=7`, { headers: AUTH });
    const reply = await readReply(await collectors[0].fetch(request));
    expect([reply.code, reply.data.issues[0]?.path]).toEqual([400, 'cursor']);
  });

  it('push what either has stored to who listens at the other', async () => {
    const [first, second] = collectors;
    const abort = new AbortController();
    const listen = (headers: object = {}) =>
      second.fetch(
        new Request(`http://c/api/live?site=${site}`, {
          headers: { ...AUTH, ...headers },
          signal: abort.signal,
        }),
      );
    const stream = messagesOf(await listen());
    const a = nextId();
    const b = nextId();
    await send(first, [a]);
    const one = (await stream.next()).value as Message;
    expect(one.data.events.map(({ event_id }) => event_id)).toEqual([a]);
    await send(second, [b]);
    const two = (await stream.next()).value as Message;
    expect(two.data.events[0]).toMatchObject({ event_id: b, page: `/${b}` });

    const again = messagesOf(await listen({ 'last-event-id': one.id }));
    const missed = (await again.next()).value as Message;
    expect(missed).toEqual(two);
    abort.abort();
  });
});
