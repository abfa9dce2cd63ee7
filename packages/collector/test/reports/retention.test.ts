/** Who came back: whether what is known of a site is all there ever was. */
import type { RetentionData } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/time/ms.js';
import { READ_KEY, readReply, type Stack, startStack } from '../stack.js';

/** Some hours after a month was over: 30 days before lie within it. */
const NOW = Date.parse('2026-12-01T06:00:00.000Z');

let stack: Stack;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  stack = await startStack({ sites: [{ id: 'shop', retentionDays: 30 }], rollUpEverySeconds: 0 });
});
afterEach(async () => {
  await stack.close();
  vi.useRealTimers();
});

async function areComplete(arrivals: number[]): Promise<(boolean | undefined)[]> {
  for (const [at, received_at] of arrivals.entries()) {
    vi.setSystemTime(received_at);
    await stack.store.append(sampleBatch([`e${at}`], { session_id: `s${at}`, received_at }));
    vi.setSystemTime(received_at + DAY_MS);
    await stack.collector.rollUp();
  }
  for (const time of [NOW - HOUR_MS, NOW]) {
    vi.setSystemTime(time);
    await stack.collector.rollUp();
  }
  const month = await stack.store.newest({ site: 'shop', shard: 0, kind: 'month' }, NOW);
  expect(month?.start).toBe(Date.parse('2026-11-01T00:00:00.000Z'));
  const request = new Request('http://x/api/retention?from=14d', {
    headers: { authorization: `Bearer ${READ_KEY}` },
  });
  const { data } = await readReply<RetentionData>(await stack.collector.fetch(request));
  return data.cohorts.map(({ complete }) => complete);
}

it('is complete of a site that began within the month in which raw events begin', async () => {
  expect(await areComplete([NOW - 20 * DAY_MS, NOW - 5 * DAY_MS])).toEqual([true, true]);
});

it('is not where somebody came in the hours of that month before raw events begin', async () => {
  expect(await areComplete([NOW - 30 * DAY_MS - 3 * HOUR_MS, NOW - 5 * DAY_MS])).toEqual([false, false]);
});
