/** What fails is passed and tried again: no hour, shard, day, site or alert keeps the others from being rolled up. */
import { deflateRawSync } from 'node:zlib';
import type { StatsData } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAlerts } from '../../src/alerts/alert-scheduler.js';
import { decodeRollup } from '../../src/rollup/rollup-codec.js';
import {
  createRollupScheduler,
  type RollupScheduler,
  type RollupSchedulerParts,
  type RoundOptions,
} from '../../src/rollup/rollup-scheduler.js';
import { RoundError } from '../../src/rollup/round-error.js';
import { createSites } from '../../src/sites/site-registry.js';
import { connect } from '../../src/storage/dynamodb/connection.js';
import { type Store, StoreUnavailableError } from '../../src/storage/event-store.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { type DynamoStack, READ_KEY, readReply, SECRET, startDynamoStack } from '../stack.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The first ms of yesterday: all of its hours are over. */
const YESTERDAY = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;

let stack: DynamoStack;
let now: number;
const rollers: RollupScheduler[] = [];

beforeEach(async () => {
  stack = await startDynamoStack({ rollUpEverySeconds: 0 });
  now = YESTERDAY + 5 * HOUR_MS;
});
afterEach(async () => {
  for (const roller of rollers.splice(0)) await roller.close();
  await stack.close();
});

function rollerOn(
  store: Partial<Store> = {},
  options: Partial<RollupSchedulerParts['options']> = {},
): RollupScheduler {
  const roller = createRollupScheduler({
    options: { secret: SECRET, rollUpEverySeconds: 0, ...options },
    sites: createSites({ sites: [{ id: 'shop' }] }),
    store: { ...stack.store, now: () => now, ...store },
  });
  rollers.push(roller);
  return roller;
}

/** One event in each of four hours. */
async function arriveInFourHours(): Promise<void> {
  for (let hour = 0; hour < 4; hour += 1)
    await arrive(`event-${hour}`, YESTERDAY + hour * HOUR_MS + MINUTE_MS);
}

const arrive = (event: string, received_at: number) =>
  stack.store.append(sampleBatch([event], { session_id: event, visitor_id: event, received_at }));

/** A store that does not take the state of that hour. */
const refusing = (hour: number): Partial<Store> => ({
  putRollup: async (state: RollupState) => {
    if (state.kind === 'hour' && state.start === YESTERDAY + hour * HOUR_MS)
      throw new StoreUnavailableError('the item is too large');
    return stack.store.putRollup(state);
  },
});

async function eventsByHour(): Promise<Record<number, number>> {
  const range = { site: 'shop', shard: 0, kind: 'hour', from: YESTERDAY, to: YESTERDAY + DAY_MS } as const;
  const { states } = await stack.store.rollups(range, { consistent: true });
  return Object.fromEntries(
    states.map((state) => [(state.start - YESTERDAY) / HOUR_MS, decodeRollup(state).totals.events]),
  );
}

async function askedEvents(): Promise<{ events: number | null; as_of: string; notes?: string[] }> {
  const day = new Date(YESTERDAY).toISOString();
  const query = `from=${day}&to=${new Date(YESTERDAY + 4 * HOUR_MS).toISOString()}&interval=hour`;
  const response = await stack.collector.fetch(
    new Request(`http://collector.example/api/stats?${query}`, { headers: { 'x-api-key': READ_KEY } }),
  );
  const { data } = await readReply<StatsData>(response);
  return { events: data.totals.events, as_of: data.as_of, ...(data.notes ? { notes: data.notes } : {}) };
}

describe('an hour that cannot be stored', () => {
  it('is passed and named, and those after it are rolled up', async () => {
    await arriveInFourHours();
    const error = await rollerOn(refusing(1))
      .rollUp()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RoundError);
    expect(String(error)).toContain(
      `shop, hour 0 ${new Date(YESTERDAY + HOUR_MS).toISOString()}: the item is too large`,
    );
    expect(await eventsByHour()).toEqual({ 0: 1, 2: 1, 3: 1 });
    expect(await stack.store.markedDays('shop', 'failed')).toMatchObject([
      { error: 'the item is too large' },
    ]);
  });

  it('is in the answers all the same, from the log', async () => {
    await arriveInFourHours();
    await rollerOn(refusing(1))
      .rollUp()
      .catch(() => {});
    expect(await askedEvents()).toMatchObject({ events: 4 });
  });

  it('is tried again by the next round, and then nothing is marked any more', async () => {
    await arriveInFourHours();
    await rollerOn(refusing(1))
      .rollUp()
      .catch(() => {});
    now += MINUTE_MS;
    await rollerOn().rollUp();
    expect(await eventsByHour()).toEqual({ 0: 1, 1: 1, 2: 1, 3: 1 });
    expect(await stack.store.markedDays('shop', 'failed')).toEqual([]);
    expect(await askedEvents()).toMatchObject({ events: 4 });
  });

  it('is in the day that was closed without it, once it could be stored', async () => {
    await arriveInFourHours();
    now = YESTERDAY + DAY_MS + 4 * HOUR_MS;
    await rollerOn(refusing(1))
      .rollUp()
      .catch(() => {});
    now += MINUTE_MS;
    const differences: unknown[] = [];
    await rollerOn({}, { onRollupMismatch: (difference) => differences.push(difference) }).rollUp();
    const range = { site: 'shop', shard: 0, kind: 'day', from: YESTERDAY, to: YESTERDAY + 1 } as const;
    const [day] = (await stack.store.rollups(range, { consistent: true })).states;
    expect(day && decodeRollup(day).totals.events).toBe(4);
    expect(differences).toEqual([]);
  });

  it('is not passed where it cannot be marked: the next round begins with it', async () => {
    await arriveInFourHours();
    const markDay = () => Promise.reject(new StoreUnavailableError('no permission'));
    await expect(rollerOn({ ...refusing(1), markDay }).rollUp()).rejects.toThrow('no permission');
    expect(await eventsByHour()).toEqual({ 0: 1 });
  });
});

it('an hour stored in a layout of a newer version is folded from the log, and answered meanwhile', async () => {
  await arriveInFourHours();
  await rollerOn().rollUp();
  const range = { site: 'shop', shard: 0, kind: 'hour', from: YESTERDAY, to: YESTERDAY + DAY_MS } as const;
  const { states } = await stack.store.rollups(range, { consistent: true });
  const body = deflateRawSync(JSON.stringify({ layout: 99 }));
  for (const state of states) await stack.store.putRollup({ ...state, version: state.version + 1, body });
  expect(await askedEvents()).toMatchObject({ events: 4 });
  await arrive('event-4', YESTERDAY + 4 * HOUR_MS);
  now += HOUR_MS;
  await rollerOn().rollUp();
  expect(await askedEvents()).toMatchObject({ events: 4 });
});

describe('a batch of the log that cannot be read', () => {
  const BROKEN = [
    {},
    { events: { S: '[{"event_id"' } },
    { events: { S: '{"context":1}' } },
    { events: { S: '[{"event_id":"x","event_type":"custom","timestamp":1}]' } },
    { events: { B: Buffer.from('xyz').toString('base64') } },
    { events: { B: Buffer.of(200, 1, 2).toString('base64') } },
    {
      events: { B: Buffer.concat([Buffer.of(1), deflateRawSync(' '.repeat(50_000_000))]).toString('base64') },
    },
  ];

  async function putBroken(): Promise<void> {
    const connection = connect({ endpoint: stack.endpoint });
    const day = new Date(YESTERDAY).toISOString().slice(0, 10);
    for (const [at, attributes] of BROKEN.entries()) {
      const Item = {
        pk: { S: `shop#broken-${at}` },
        sk: { S: `b${at}` },
        visitor_id: { S: 'v' },
        arrivals: { S: `shop#${day}#0` },
        received_at: { N: String(YESTERDAY + HOUR_MS + at) },
        expires_at: { N: String(Math.round(Date.now() / 1000) + 86_400) },
        ...attributes,
      };
      await connection.call('PutItem', JSON.stringify({ TableName: 'liveinsight-events', Item }));
    }
    connection.close();
  }

  it('is left out, counted and noted; all others are rolled up and answered', async () => {
    await arriveInFourHours();
    await putBroken();
    expect(await askedEvents()).toMatchObject({
      events: 4,
      notes: [expect.stringContaining('dropped.undecodable: 7')],
    });
    const over: unknown[] = [];
    await rollerOn({}, { onOverBudget: (report) => over.push(report) }).rollUp();
    expect(await eventsByHour()).toEqual({ 0: 1, 1: 1, 2: 1, 3: 1 });
    expect(over).toMatchObject([{ site: 'shop', reason: 'dropped.undecodable', times: 7 }]);
    expect(await askedEvents()).toMatchObject({
      events: 4,
      notes: [expect.stringContaining('dropped.undecodable: 7')],
    });
    expect(await stack.store.markedDays('shop', 'failed')).toMatchObject([
      {
        part: expect.stringMatching(/^log 0 /),
        error: expect.stringMatching(/^7 batches cannot be read, as b0 of session broken-0/),
      },
    ]);
  });

  it('can still be erased', async () => {
    await putBroken();
    const [batch] = await stack.store.session('shop', 'broken-1', { expired: true });
    expect(batch).toMatchObject({ batch: 'b1', visitor_id: 'v', events: [] });
  });
});

describe('a round', () => {
  it('stops at its deadline, and the next one goes on from there', async () => {
    await arriveInFourHours();
    const roller = rollerOn();
    expect(await roller.rollUp({ withinMs: 0 })).toBe(false);
    expect(await eventsByHour()).toEqual({});
    expect(await roller.rollUp()).toBe(true);
    expect(await eventsByHour()).toEqual({ 0: 1, 1: 1, 2: 1, 3: 1 });
  });

  it('lists the sites of a month at once, and of days that are over only until it comes to its end', async () => {
    await arriveInFourHours();
    const listed: string[] = [];
    let [waiting, most] = [0, 0];
    const roller = rollerOn({
      activeSites: async (day) => {
        listed.push(day);
        most = Math.max(most, ++waiting);
        await new Promise(setImmediate);
        waiting -= 1;
        return stack.store.activeSites(day);
      },
    });
    const rollUp = async (options?: RoundOptions) => {
      listed.length = 0;
      await roller.rollUp(options);
      return listed.length;
    };
    expect(await rollUp({ withinMs: 0 })).toBeGreaterThan(30);
    expect(most).toBe(16);
    expect(await rollUp()).toBeLessThan(5);
    expect(await eventsByHour()).toEqual({ 0: 1, 1: 1, 2: 1, 3: 1 });
    expect(await rollUp()).toBeLessThan(5);
  });

  it('that was frozen past its deadline is not waited for by the next', async () => {
    await arriveInFourHours();
    let frozen = true;
    const roller = rollerOn({
      activeSites: (day) => (frozen ? new Promise(() => {}) : stack.store.activeSites(day)),
    });
    void roller.rollUp({ withinMs: 0 });
    frozen = false;
    expect(await roller.rollUp()).toBe(true);
    expect(await eventsByHour()).toEqual({ 0: 1, 1: 1, 2: 1, 3: 1 });
  });

  it('of alerts that was frozen past its deadline is not waited for either', async () => {
    let frozen = true;
    const looked: string[] = [];
    const alerts = createAlerts({
      options: { secret: SECRET, rollUpEverySeconds: 0 },
      sites: createSites({ sites: [{ id: 'shop' }] }),
      store: {
        ...stack.store,
        settings: (site, kind) => {
          if (frozen) return new Promise(() => {});
          looked.push(site);
          return stack.store.settings(site, kind);
        },
      },
      scheduler: rollerOn(),
    });
    void alerts.check({ withinMs: 0 });
    frozen = false;
    await alerts.check();
    expect(looked).toEqual(['shop']);
    await alerts.close();
  });

  it('that fails says so on standard error by default', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const refused = () =>
        Promise.reject(new StoreUnavailableError('not authorized to perform dynamodb:PutItem'));
      rollerOn({ activeSites: refused }, { rollUpEverySeconds: 0.01 });
      await vi.waitFor(() => expect(said).toHaveBeenCalled());
      expect(said.mock.calls[0]?.[0]).toMatch(/^LiveInsight: .*not authorized to perform dynamodb:PutItem/);
    } finally {
      said.mockRestore();
    }
  });
});
