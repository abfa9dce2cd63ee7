/** A process that has read a day, and is paused before it puts it. */
import { createHash } from 'node:crypto';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseVisitor } from '../../src/raw-data/erase.js';
import type { ColumnsContext, RollupContext, RollupSite } from '../../src/rollup/rollup-context.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { Store } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { DAY_MS, HOUR_MS } from '../../src/time/ms.js';
import { type Stack, startStack } from '../stack.js';

/** The day on which what the tests store arrives. */
const DAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const RETENTION_DAYS = 30;
const EXPIRES = DAY + RETENTION_DAYS * DAY_MS;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

const hash = (id: string) => createHash('sha256').update(id).digest().readBigUInt64BE();

/** Rounds of a site with one day, the first of which is paused when it has written the day's first part. */
async function startSite(id: string, own: Partial<Store> = {}) {
  const [site] = createSites({ sites: [{ id, retentionDays: RETENTION_DAYS }] }).all;
  if (!site) throw new Error('there is a site');
  const rolled: RollupSite = {
    ...{ id, calendar: getCalendar('UTC'), retentionDays: RETENTION_DAYS, shards: 1 },
    columns: { days: 400, detailDays: RETENTION_DAYS },
  };
  await stack.store.append(sampleBatch([`${id}-e`], { site: id, session_id: 's', visitor_id: 'v' }));
  let now = DAY + 2 * DAY_MS;
  const columns: ColumnsContext = { pace: async () => {}, surveyed: new Set() };
  const roll = (store: Store) => {
    const context: RollupContext = {
      ...{ events: store, rollups: store, hash, columns, countBots: false, settleMs: 120_000 },
      ...{ steps: { stepBatches: 100, longTailBatches: 100, readTailBatches: 100 }, onDifference: () => {} },
    };
    return rollUpSite(context, rolled);
  };
  const store: Store = { ...stack.store, ...own, now: () => now };
  return {
    erase: () => {
      const parts = { store, forget: () => {}, stored: { columns, hash } };
      return eraseVisitor(parts, site, 'v', { withinMs: 60_000 });
    },
    roll: () => roll(store),
    async rollPausedUntil(time: number, meanwhile: () => Promise<unknown>) {
      let isPaused = false;
      const putSegmentPart: Store['putSegmentPart'] = async (...args) => {
        await store.putSegmentPart(...args);
        if (isPaused) return;
        isPaused = true;
        await meanwhile();
        now = time;
      };
      await roll({ ...store, putSegmentPart });
      expect(isPaused).toBe(true);
    },
    async readDay() {
      const range = { site: id, shard: 0, kind: 'day', from: DAY, to: DAY + 1 } as const;
      const [day] = (await store.rollups(range, { consistent: true })).states;
      if (!day) throw new Error('the day is closed');
      return { columns: day.columns, parts: await store.listSegmentParts(day, 1e9) };
    },
  };
}

it('puts a day without columns once its raw events may have expired, and leaves no part behind', async () => {
  const site = await startSite('late');
  await site.rollPausedUntil(EXPIRES - HOUR_MS / 2, site.erase);
  expect(await site.readDay()).toEqual({ columns: undefined, parts: [] });
});

it('puts a day with columns before that, and a later round takes out who was erased meanwhile', async () => {
  const site = await startSite('in-time');
  await site.rollPausedUntil(EXPIRES - 2 * HOUR_MS, site.erase);
  expect((await site.readDay()).columns).toMatchObject({ events: 1 });
  await site.roll();
  expect(await site.readDay()).toMatchObject({ columns: { events: 0, segments: [] }, parts: [] });
});

it('keeps the mark of an erasure for longer than the log', async () => {
  const kept: (number | undefined)[] = [];
  const site = await startSite('marked', {
    markDay: (name, mark, keptDays) => {
      if (mark.cause === 'erased') kept.push(keptDays);
      return stack.store.markDay(name, mark, keptDays);
    },
  });
  await site.erase();
  expect(kept.length).toBeGreaterThan(0);
  for (const days of kept) expect(days).toBeGreaterThan(RETENTION_DAYS);
});
