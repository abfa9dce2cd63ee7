/** Which shard of the arrival index a session's batches go to: a keyed hash modulo the site's count at that time. */

import { createHmac } from 'node:crypto';
import { parseInstant } from '@liveinsight/schema';
import type { ShardStep, Site } from '../options.js';
import { DAY_MS } from '../time/ms.js';

/** A step with its instant in ms; in order of time. */
export interface ShardPlan {
  steps: { from: number; count: number }[];
}

/** @param shards valid ones: `SiteSchema` has seen them */
export function shardPlan(shards: number | ShardStep[] = 1): ShardPlan {
  if (typeof shards === 'number') return { steps: [{ from: Number.NEGATIVE_INFINITY, count: shards }] };
  const steps = shards.map(({ from, count }) => ({ from: toMs(from), count }));
  return { steps: [{ from: Number.NEGATIVE_INFINITY, count: 1 }, ...steps] };
}

/** NaN for a text that is no instant. */
export const toMs = (instant: number | string): number =>
  typeof instant === 'number' ? instant : (parseInstant(instant) ?? Number.NaN);

/** The shard of one session by the time of arrival (ms). */
export function createShardPicker(
  plan: ShardPlan,
  key: Buffer,
  sessionId: string,
): (arrivalMs: number) => number {
  let hash: number | undefined;
  return (arrivalMs) => {
    const count = plan.steps.findLast((step) => step.from <= arrivalMs)?.count ?? 1;
    if (count === 1) return 0;
    hash ??= createHmac('sha256', key).update(sessionId).digest().readUInt32BE();
    return hash % count;
  };
}

/** Shards that may hold arrivals of the UTC day (`2026-01-31`): 0 to one less than this. */
export function shardsOn(plan: ShardPlan, day: string): number {
  const start = Date.parse(day);
  const end = start + DAY_MS;
  const counts = plan.steps
    .filter(
      ({ from }, index) => from < end && (plan.steps[index + 1]?.from ?? Number.POSITIVE_INFINITY) > start,
    )
    .map(({ count }) => count);
  return Math.max(1, ...counts);
}

/** Shards that there are, or were, at most. */
export const maxShards = (plan: ShardPlan): number => Math.max(...plan.steps.map(({ count }) => count));

/** The highest number of shards that a site has had or will have. */
export const shardCount = ({ shards }: Pick<Site, 'shards'>): number => maxShards(shardPlan(shards));
