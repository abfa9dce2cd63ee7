import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRollupScheduler, type RollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites } from '../../src/sites/site-registry.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Three days ago. */
const BEGIN = (Math.floor(Date.now() / DAY_MS) - 3) * DAY_MS;
/** Of two days, in which something arrives. */
const HOURS = [1, 2, 9, 25, 30, 47];
/** Batches in each. */
const EACH = 50;

let stack: Stack;
let roller: RollupScheduler;
let read: string[];

beforeEach(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
  read = [];
  const store = {
    ...stack.store,
    arrivals: async (query: Parameters<typeof stack.store.arrivals>[0]) => {
      const page = await stack.store.arrivals(query);
      // Where the next arrival is looked for, one is enough.
      if (query.limit !== 1) read.push(...page.batches.map(({ batch }) => batch));
      return page;
    },
  };
  const sites = createSites({ sites: [{ id: 'shop' }] });
  roller = createRollupScheduler({ options: { secret: SECRET, rollUpEverySeconds: 0 }, sites, store });
});

afterEach(async () => {
  await roller.close();
  await stack.close();
});

it('reads the log of days that are over once, for their hours and for themselves', async () => {
  const sent = HOURS.flatMap((hour) =>
    Array.from({ length: EACH }, (_, at) =>
      sampleBatch([`${hour}-${at}`], {
        session_id: `s-${at}`,
        received_at: BEGIN + hour * HOUR_MS + at,
      }),
    ),
  );
  await Promise.all(sent.map((batch) => stack.store.append(batch)));
  await roller.rollUp();
  expect(read.sort()).toEqual(sent.map(({ batch }) => batch).sort());

  const range = { site: 'shop', shard: 0, from: BEGIN, to: BEGIN + 3 * DAY_MS } as const;
  const hours = await stack.store.rollups({ ...range, kind: 'hour' }, { consistent: true });
  expect(hours.states).toHaveLength(HOURS.length);
  const days = await stack.store.rollups({ ...range, kind: 'day' }, { consistent: true });
  expect(days.states.map(({ start }) => start)).toEqual([BEGIN, BEGIN + DAY_MS]);
});
