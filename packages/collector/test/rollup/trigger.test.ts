import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRollupScheduler, type RollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites, type ResolvedSite } from '../../src/sites/site-registry.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Half past noon of a day within retention: an hour that is not over. */
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2 + 30 * MINUTE_MS;
const NOON = NOW - 30 * MINUTE_MS;

let stack: Stack;
let roller: RollupScheduler;
let site: ResolvedSite;

beforeEach(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
  const sites = createSites({ sites: [{ id: 'shop' }] });
  [site] = sites.all as [ResolvedSite];
  // The timer itself never comes: what is put is put because somebody read.
  const options = { secret: SECRET, rollUpEverySeconds: 3_600 };
  roller = createRollupScheduler({ options, sites, store: { ...stack.store, now: () => NOW } });
});

afterEach(async () => {
  await roller.close();
  await stack.close();
});

async function arrive(batches: number): Promise<void> {
  const all = Array.from({ length: batches }, (_, at) =>
    stack.store.append(sampleBatch([`event-${at}`], { session_id: `s-${at}`, received_at: NOON + at })),
  );
  await Promise.all(all);
}

async function hoursPut() {
  const range = { site: 'shop', shard: 0, kind: 'hour', from: NOON, to: NOW } as const;
  const { states } = await stack.store.rollups(range, { consistent: true });
  return states.map(({ start, through }) => ({ start, through }));
}

it('puts the hour under way when a reader had to fold a tail of more than 200 batches', async () => {
  await arrive(201);
  roller.trigger(site, 201);
  await roller.close();
  expect(await hoursPut()).toEqual([{ start: NOON, through: NOW - 2 * MINUTE_MS }]);
});

it('puts nothing for a tail that costs less to fold again', async () => {
  await arrive(201);
  roller.trigger(site, 200);
  await roller.close();
  expect(await hoursPut()).toEqual([]);
});

it('looks at a site once a minute at the most, however often it is read', async () => {
  await arrive(100);
  roller.trigger(site, 201);
  await roller.close();
  await arrive(201);
  roller.trigger(site, 201);
  await roller.close();
  expect(await hoursPut()).toEqual([]);
});
