import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import type { ImportData } from '@liveinsight/schema';
import { type Fault, injectFaults } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/storage/event-store.js';
import { ADMIN_KEY, readReply, SECRET } from '../stack.js';
import { ask } from './ask.js';

const DAY_MS = 86_400_000;
const LINES = 60;
const USERS = 4;
/** Far more than it takes: each try gets further. */
const MAX_TRIES = 100;
const FAULTS: Fault[] = [
  { kind: 'throttled' },
  { kind: 'failed' },
  { kind: 'failed', executed: true },
  { kind: 'timed_out' },
  { kind: 'timed_out', landsAfterMs: 5 },
];

let database: Dynalite;
let sound: Store;
/** Then all is well: trouble that never ends ends nothing. */
let faultsLeft = 0;
let close: () => Promise<void>;
let faults: ReturnType<typeof injectFaults>;
let collector: ReturnType<typeof createCollector>;

beforeEach(async () => {
  database = await startDynalite();
  await createTables(database);
  sound = dynamoStore(database);
  let request = 0;
  faultsLeft = 0;
  // One request in seven, each kind of fault in its turn.
  faults = injectFaults(() => {
    request += 1;
    if (request % 7 !== 0 || faultsLeft === 0) return undefined;
    faultsLeft -= 1;
    return FAULTS[(request / 7) % FAULTS.length];
  });
  collector = createCollector({
    store: dynamoStore({ ...database, middleware: faults.middleware }),
    secret: SECRET,
    sites: [{ id: 'shop' }],
    adminKeys: [ADMIN_KEY],
    rollUpEverySeconds: 0,
  });
  close = async () => {
    await collector.close();
    await sound.close();
    await database.close();
  };
});
afterEach(() => close());

const at = Date.now() - 2 * DAY_MS;
const body = Array.from({ length: LINES }, (_, number) =>
  JSON.stringify({
    received_at: at + number,
    batch: `b${number}`,
    session: { session_id: `s${number % 20}` },
    visitor_id: `v${number % 20}`,
    user_id: `user-${number % USERS}`,
    events: [0, 1].map((part) => ({
      event_id: `e${number}-${part}`,
      event_type: 'page_view',
      timestamp: at,
    })),
  }),
).join('\n');

/** Asks until it is done; what fails is told by 503 and can be asked for again. */
async function untilDone<Data>(path: string, init: RequestInit): Promise<Data> {
  faultsLeft = 25;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { code, data } = await readReply<Data & { retry?: boolean }>(await ask(collector, path, init));
    await faults.landed();
    if (code === 200 && !data.retry) return data;
    expect([200, 500, 503]).toContain(code);
  }
  throw new Error(`${path} was not done within ${MAX_TRIES} tries`);
}

async function kept(): Promise<string[]> {
  const days = [...new Set([at, at + LINES].map((ms) => new Date(ms).toISOString().slice(0, 10)))];
  const pages = await Promise.all(
    days.map((day) => sound.arrivals({ site: 'shop', day, shard: 0, from: 0, to: Date.now(), limit: 1_000 })),
  );
  return pages.flatMap(({ batches }) => batches.flatMap(({ events }) => events.map((one) => one.event_id)));
}

it('an import through faults, done again until it is done, has stored each event once, its days marked', async () => {
  const data = await untilDone<ImportData>('/api/import?site=shop', { method: 'POST', body });
  expect(data.refused).toEqual([]);
  const ids = await kept();
  expect(ids).toHaveLength(2 * LINES);
  expect(new Set(ids).size).toBe(2 * LINES);
  expect(await sound.markedDays('shop', 'import')).not.toEqual([]);
  expect(Object.values(faults.counts).reduce((sum, count) => sum + count)).toBeGreaterThan(0);
});

it('an erasure through faults, done again until it is done, has left nothing of the person and all of the others', async () => {
  await untilDone('/api/import?site=shop', { method: 'POST', body });
  await untilDone('/api/users/user-1?site=shop', { method: 'DELETE' });
  expect(await sound.sessionsOfUser('shop', 'user-1')).toEqual([]);
  const left = await kept();
  expect(left).toHaveLength((2 * LINES * (USERS - 1)) / USERS);
  expect(left.filter((id) => Number(/^e(\d+)/.exec(id)?.[1]) % USERS === 1)).toEqual([]);
  expect(await sound.markedDays('shop', 'erase')).not.toEqual([]);

  await untilDone('/api/visitors/v2?site=shop', { method: 'DELETE' });
  expect((await kept()).filter((id) => Number(/^e(\d+)/.exec(id)?.[1]) % 20 === 2)).toEqual([]);
});
