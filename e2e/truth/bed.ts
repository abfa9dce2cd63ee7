/** A collector that has lived through the history, its clock in the test's hands. */
import { vi } from 'vitest';
import { startSeededCollector } from '../../scripts/dashboard/seeded-collector.mjs';
import { type Fact, historyOf, linesOf } from './history.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const SITE_ZONE = 'Asia/Seoul';
export const RETENTION_DAYS = 30;
const DAYS = 60;
const PER_DAY = 13;

/** 02:22 in Seoul, and noon: of the same Monday. */
export const NIGHT = Date.parse('2026-11-29T17:22:31.000Z');
export const NOON = Date.parse('2026-11-30T03:00:12.000Z');

export interface TruthBed {
  collector: Awaited<ReturnType<typeof startSeededCollector>>;
  /** Lives through the history up to a little before the night: with rollups of what is gone, of what is kept, and a tail. */
  live(): Promise<void>;
  /** All that has arrived by now. */
  facts(): Fact[];
  /** Goes on to that time; what has happened meanwhile arrives. */
  goTo(now: number): Promise<void>;
  close(): Promise<void>;
}

export async function startTruthBed(): Promise<TruthBed> {
  const history = historyOf({ from: NIGHT - DAYS * DAY_MS, to: NOON, perDay: PER_DAY });
  vi.useFakeTimers({ toFake: ['Date'] });
  // The second half begins with a day that can still take an import when it arrives.
  const half = NIGHT - (RETENTION_DAYS - 2) * DAY_MS - (NIGHT % DAY_MS);
  vi.setSystemTime(half);
  const collector = await startSeededCollector({
    days: 0,
    sites: [{ id: 'shop', timezone: SITE_ZONE, retention_days: RETENTION_DAYS }],
    // The database's own clock does not follow the test's.
    middleware: (next) => async (request, now) => ({ ...(await next(request, now)), date: undefined }),
  });
  let arrived = 0;
  async function arrive(until: number, rolledUpAt: number | undefined): Promise<void> {
    vi.setSystemTime(until);
    const next = history.filter(({ arrival }) => arrival >= arrived && arrival < until);
    arrived = until;
    await collector.load(linesOf(next, 'shop'), { rollUp: false });
    if (rolledUpAt === undefined) return;
    // Days that an import has filled are folded when its writes have settled.
    vi.setSystemTime(rolledUpAt);
    await collector.rollUp();
  }
  return {
    collector,
    async live(): Promise<void> {
      await arrive(half, half + 20 * MINUTE_MS);
      await arrive(NIGHT - 40 * MINUTE_MS, NIGHT - 15 * MINUTE_MS);
    },
    facts: () => history.filter(({ arrival }) => arrival < arrived),
    goTo: (now) => arrive(now, undefined),
    async close() {
      await collector.close();
      vi.useRealTimers();
    },
  };
}
