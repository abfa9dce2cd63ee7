/** Keeps writes of segments to a rate that leaves the partition's throughput to everything else. */
import { setTimeout as wait } from 'node:timers/promises';
import { SEGMENT_BURST_UNITS, SEGMENT_UNITS_PER_SECOND } from '../budgets.js';

/** Resolves when so many write units may be used in the partition. */
export type Pacer = (partition: string, units: number) => Promise<void>;

/** Units that were not used while other work was done may be used at once, up to a burst. */
export function createPacer(now: () => number = Date.now): Pacer {
  /** When the units of each partition are used up, in ms; entries in the past mean that a burst is free. */
  const busyUntil = new Map<string, number>();
  const burstMs = (SEGMENT_BURST_UNITS / SEGMENT_UNITS_PER_SECOND) * 1_000;

  return async (partition, units) => {
    const time = now();
    for (const [key, until] of busyUntil) if (until <= time - burstMs) busyUntil.delete(key);
    const from = Math.max(busyUntil.get(partition) ?? 0, time - burstMs);
    const until = from + (units / SEGMENT_UNITS_PER_SECOND) * 1_000;
    busyUntil.set(partition, until);
    if (until > time) await wait(until - time);
  };
}
