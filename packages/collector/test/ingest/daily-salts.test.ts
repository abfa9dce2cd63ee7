/** Names of visitors who bring none: one a day, from a random salt that is gone two days later. */
import { createHmac } from 'node:crypto';
import { createCollector, type SaltStore, StoreUnavailableError } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVisitorIds } from '../../src/ingest/visitor-id.js';
import { deriveKey } from '../../src/sites/derive-key.js';
import { createSites } from '../../src/sites/site-registry.js';
import { type DynamoStack, post, readReply, SECRET, startDynamoStack } from '../stack.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 5, 15, 12);
const [site] = createSites({ sites: [{ id: 'shop' }] }).all;
if (!site) throw new Error('there is a site');
const visitor = { site, ip: '203.0.113.9', userAgent: 'Mozilla/5.0' };

describe('the salt of a day', () => {
  let stack: DynamoStack;
  beforeAll(async () => {
    stack = await startDynamoStack();
  });
  afterAll(() => stack.close());

  const other = () => dynamoStore({ endpoint: stack.endpoint });

  it('is one for all processes, also where all ask for it first at once', async () => {
    const stores = Array.from({ length: 8 }, other);
    const salts = await Promise.all(stores.map((store) => store.dailySalt('2026-06-15')));
    expect(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size).toBe(1);
    expect(salts[0]).toHaveLength(32);
    expect(await stack.store.dailySalt('2026-06-16')).not.toEqual(salts[0]);
    for (const store of stores) await store.close();
  });

  it('is deleted two days after the day began, and made anew then: nothing derives it', async () => {
    const salt = await stack.store.dailySalt('2026-06-10');
    await stack.store.deleteSalts(Date.UTC(2026, 5, 10));
    expect(await stack.store.dailySalt('2026-06-10')).toEqual(salt);
    await stack.store.deleteSalts(Date.UTC(2026, 5, 10) + 1);
    expect(await stack.store.dailySalt('2026-06-10')).not.toEqual(salt);
  });

  it('names a visitor alike in two processes, by nothing that the secret alone gives back', async () => {
    const second = createCollector({
      store: other(),
      secret: SECRET,
      sites: [{ id: 'shop' }],
      defaultSite: 'shop',
      rollUpEverySeconds: 0,
    });
    const names = await Promise.all(
      [stack.collector, second].map(async (collector, at) => {
        const body = { session: { session_id: `s${at}` }, events: [{ event_type: 'page_view' }] };
        const request = new Request('http://c/api/events', post(body));
        expect((await readReply(await collector.fetch(request, { ip: visitor.ip }))).code).toBe(200);
        return (await stack.store.session('shop', `s${at}`))[0]?.visitor_id;
      }),
    );
    expect(names[0]).toBe(names[1]);
    const today = createHmac('sha256', deriveKey(SECRET, 'visitor'))
      .update(new Date().toISOString().slice(0, 10))
      .digest();
    const derived = createHmac('sha256', today).update(`shop\n${visitor.ip}\n`).digest('base64url');
    expect(names[0]).not.toBe(derived.slice(0, 22));
    await second.close();
  });
});

describe('what asks for salts', () => {
  /** Salts that can be away, and what was asked of them. */
  function saltsThat() {
    const state = { away: false, asked: [] as string[], deletedBefore: [] as number[] };
    const salts: SaltStore = {
      async dailySalt(day) {
        state.asked.push(day);
        if (state.away) throw new StoreUnavailableError('away');
        return Buffer.from(day.padEnd(32));
      },
      async deleteSalts(before) {
        state.deletedBefore.push(before);
      },
    };
    return { state, nameOf: createVisitorIds(Buffer.from('key'), salts) };
  }

  it('does so once a day, and looks hourly for those that are over', async () => {
    const { state, nameOf } = saltsThat();
    const names = new Set<string>();
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      names.add(await nameOf({ ...visitor, at: NOON + minute * 60_000 }));
    }
    expect(names.size).toBe(2);
    expect(state.asked).toEqual(['2026-06-15', '2026-06-16']);
    expect(state.deletedBefore).toHaveLength(24);
    expect(state.deletedBefore[0]).toBe(NOON - 2 * DAY_MS);
  });

  it('has the next day’s before midnight, so that a store that is away then does not matter', async () => {
    const { state, nameOf } = saltsThat();
    const midnight = NOON + 12 * HOUR_MS;
    await nameOf({ ...visitor, at: midnight - 30 * 60_000 });
    state.away = true;
    expect(await nameOf({ ...visitor, at: midnight + 60_000 })).toHaveLength(22);
  });

  it('asks again where the store was away', async () => {
    const { state, nameOf } = saltsThat();
    state.away = true;
    await expect(nameOf({ ...visitor, at: NOON })).rejects.toThrow(StoreUnavailableError);
    state.away = false;
    expect(await nameOf({ ...visitor, at: NOON })).toHaveLength(22);
  });
});

it('a batch that cannot be named now is to be sent again', async () => {
  const stack = await startDynamoStack();
  const told: string[] = [];
  const store = {
    ...stack.store,
    dailySalt: () => Promise.reject(new StoreUnavailableError('away')),
    close: async () => {},
  };
  const collector = createCollector({
    store,
    secret: SECRET,
    sites: [{ id: 'shop' }],
    defaultSite: 'shop',
    rollUpEverySeconds: 0,
    onStoreError: ({ cause }) => told.push(cause),
  });
  const send = async (more: object) => {
    const body = { ...more, events: [{ event_type: 'page_view', event_id: 'e-1' }] };
    return readReply(await collector.fetch(new Request('http://c/api/events', post(body))));
  };
  expect(await send({})).toMatchObject({ code: 503, data: { retry: true, retry_events: ['e-1'] } });
  expect(told).toEqual(['away']);
  expect((await send({ visitor_id: 'has-one' })).code).toBe(200);
  await collector.close();
  await stack.close();
});
