/** A collector that has lived through the history, its clock in the test's hands. */

import { startSeededCollector } from '@liveinsight/fixtures/seeded-collector';
import { vi } from 'vitest';
import { type Fact, historyOf, linesOf, rushOf } from './history.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const SITE_ZONE = 'Asia/Seoul';
export const RETENTION_DAYS = 30;
/** A site that reports all its revenue in one currency; for JPY it has no rate. */
export const RATED_SITE = 'rated';
export const REPORTING = { currency: 'EUR', rates: { USD: 0.92, KRW: 0.00067 } };
const DAYS = 60;
const PER_DAY = 13;
/** Visits within the half hour before each time that is looked at: the live view has something to show. */
const RUSH = 14;

/** 02:22 in Seoul, and noon: of the same Monday. */
export const NIGHT = Date.parse('2026-11-29T17:22:31.000Z');
export const NOON = Date.parse('2026-11-30T03:00:12.000Z');

export interface TruthBed {
  collector: Awaited<ReturnType<typeof startSeededCollector>>;
  /** Play the history, one after another, up to a quarter of an hour before `NIGHT`: with rollups of expired and of stored events, and a tail. */
  steps: (() => Promise<void>)[];
  /** All that has arrived by now. */
  facts(): Fact[];
  /** Goes on to that time; what has happened meanwhile arrives. */
  goTo(now: number): Promise<void>;
  close(): Promise<void>;
}

export async function startTruthBed(): Promise<TruthBed> {
  const rushes = [NIGHT, NOON].map((now, at) =>
    rushOf({ from: now - 29 * MINUTE_MS, to: now, visits: RUSH, first: 90_000 + at * RUSH }),
  );
  const history = [...historyOf({ from: NIGHT - DAYS * DAY_MS, to: NOON, perDay: PER_DAY }), ...rushes.flat()]
    .filter(({ arrival }) => arrival < NOON)
    .sort((a, b) => a.arrival - b.arrival);
  vi.useFakeTimers({ toFake: ['Date'] });
  // The second half begins with a day that can still take an import when it arrives.
  const half = NIGHT - (RETENTION_DAYS - 2) * DAY_MS - (NIGHT % DAY_MS);
  vi.setSystemTime(half);
  const collector = await startSeededCollector({
    days: 0,
    sites: [
      { id: 'shop', timezone: SITE_ZONE, retentionDays: RETENTION_DAYS },
      { id: RATED_SITE, timezone: SITE_ZONE, currency: REPORTING.currency, rates: REPORTING.rates },
    ],
    // The database's own clock does not follow the test's.
    middleware: (next) => async (request, now) => ({ ...(await next(request, now)), date: undefined }),
  });
  let arrived = 0;
  async function arrive(until: number): Promise<void> {
    vi.setSystemTime(until);
    const next = history.filter(({ arrival }) => arrival >= arrived && arrival < until);
    arrived = until;
    await collector.load(linesOf(next, 'shop'), { rollUp: false });
  }
  /** Days that an import filled are aggregated once its writes have settled. */
  async function rollUpAt(now: number): Promise<void> {
    vi.setSystemTime(now);
    await collector.rollUp();
  }
  return {
    collector,
    steps: [
      () => arrive(half),
      () => rollUpAt(half + 20 * MINUTE_MS),
      () => arrive(NIGHT - 40 * MINUTE_MS),
      () => rollUpAt(NIGHT - 15 * MINUTE_MS),
    ],
    facts: () => history.filter(({ arrival }) => arrival < arrived),
    goTo: arrive,
    async close() {
      await collector.close();
      vi.useRealTimers();
    },
  };
}
