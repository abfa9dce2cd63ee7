/** Watermarks of hours are whole minutes, whatever the clock shows and wherever a step ends. */

import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { createRollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites, type ResolvedSite } from '../../src/sites/site-registry.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

it('ends steps and the settled time at whole minutes, and counts each batch once', async () => {
  // 41 batches, 7.3 s apart: five minutes.
  for (let batch = 0; batch < 41; batch += 1) {
    const received_at = NOON + 123 + batch * 7_300;
    await stack.store.append(sampleBatch([`e${batch}`], { session_id: `s${batch}`, received_at }));
  }
  const puts: RollupState[] = [];
  const store = {
    ...stack.store,
    now: () => NOON + 9 * MINUTE_MS + 31_007,
    putRollup: (state: RollupState) => {
      puts.push(state);
      return stack.store.putRollup(state);
    },
  };
  const sites = createSites({ sites: [{ id: 'shop' }] });
  const [site] = sites.all as [ResolvedSite];
  const scheduler = createRollupScheduler({
    options: { secret: SECRET, rollUpEverySeconds: 0 },
    sites,
    store,
  });
  const steps = { stepBatches: 10, longTailBatches: 1, readTailBatches: 1 };
  await rollUpSite({ ...scheduler.context, steps }, scheduler.toRollupSite(site));
  expect(puts.map(({ through }) => (through - NOON) / MINUTE_MS)).toEqual([2, 4, 7]);
  await scheduler.close();
  const reply = await stack.collector.fetch(
    new Request(`http://x/api/stats?from=${NOON}&to=${NOON + 60 * MINUTE_MS}&interval=hour`, {
      headers: { authorization: 'Bearer read-key-of-the-tests-1' },
    }),
  );
  const { data } = (await reply.json()) as { data: { totals: { events: number } } };
  expect(data.totals.events).toBe(41);
});
