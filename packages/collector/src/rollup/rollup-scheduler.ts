/** Rolls up a collector's sites: at most one round at a time in a process, by a timer or when asked. */

import * as v from 'valibot';
import type { CommonOptions } from '../options.js';
import { createPacer } from '../segments/pacer.js';
import { deriveKey } from '../sites/derive-key.js';
import { keyedHash } from '../sites/keyed-hash.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import { getCalendar } from '../time/calendar.js';
import { DAY_MS, utcDay } from '../time/ms.js';
import { assertValid, strictObject, that } from '../validation/closed.js';
import { type NumberedEvents, numberedEvents } from './numbered-events.js';
import {
  DEFAULT_ROLL_UP_EVERY_SECONDS,
  DEFAULT_ROLLUP_LIMITS,
  type RollupContext,
  type RollupFailure,
  type RollupSite,
} from './rollup-context.js';
import { rollUpSite } from './rollup-round.js';
import { rollupErrorLog, throwFailures } from './round-error.js';
import { SETTLE_MS } from './settle-time.js';

/** Most of what arrived since is not settled before: to look again sooner would cost readings and put nothing. */
const TRIGGER_INTERVAL_MS = 60_000;
/** Days whose sites are read at once: one after the other, a month of them takes a slow database all the time of a round. */
const DAYS_AT_ONCE = 16;

export interface RoundOptions {
  /** Milliseconds after which the round stops where it is, for the next one to go on from there. Default: none. */
  withinMs?: number;
}

const RoundSchema = strictObject(
  {
    withinMs: v.optional(
      that<number>((ms) => typeof ms === 'number' && ms >= 0, 'must be a number of milliseconds, 0 or more'),
    ),
  },
  'its options',
);

export interface RollupScheduler {
  context: RollupContext;
  numberBatches: NumberedEvents['number'];
  toRollupSite(site: ResolvedSite): RollupSite;
  /**
   * One round over all sites with traffic; joins a round under way, unless that is past its deadline. What fails is
   * passed, and named by the error that it rejects with when all was tried. Resolves to whether it came to its end.
   */
  rollUp(options?: RoundOptions): Promise<boolean>;
  /** Rolls a site up soon, where a response had to aggregate so long a tail of batches that it is due; never rejects. */
  trigger(site: ResolvedSite, tailBatches: number): void;
  close(): Promise<void>;
}

export interface RollupSchedulerParts {
  options: Pick<
    CommonOptions,
    'secret' | 'countBots' | 'rollUpEverySeconds' | 'onRollupError' | 'onRollupMismatch' | 'onOverBudget'
  >;
  sites: Sites;
  store: Store;
}

export function createRollupScheduler({ options, sites, store }: RollupSchedulerParts): RollupScheduler {
  const {
    countBots = false,
    rollUpEverySeconds = DEFAULT_ROLL_UP_EVERY_SECONDS,
    onRollupError = rollupErrorLog((line) => console.error(line)),
    onRollupMismatch = () => {},
  } = options;
  const events = numberedEvents(store, store.now);
  const context: RollupContext = {
    events,
    rollups: store,
    hash: keyedHash(deriveKey(options.secret, 'sketch')),
    countBots,
    settleMs: SETTLE_MS,
    steps: DEFAULT_ROLLUP_LIMITS,
    columns: { pace: createPacer(), surveyed: new Set() },
    onDifference: onRollupMismatch,
    ...(options.onOverBudget ? { onOverBudget: options.onOverBudget } : {}),
  };
  const { steps } = context;
  const readContext = { ...context, steps: { ...steps, longTailBatches: steps.readTailBatches } };
  const rollupSites = new Map<string, RollupSite>();
  /** Of days that are over, until a round comes to its end: the next one goes on from there. */
  const sitesOfDay = new Map<string, string[]>();
  let round: { running: Promise<boolean>; overdueAt: number } | undefined;
  let visitedUntil: number | undefined;
  let triggered: Promise<void> | undefined;
  const triggeredAt = new Map<string, number>();

  function toRollupSite(site: ResolvedSite): RollupSite {
    let found = rollupSites.get(site.id);
    if (!found) {
      const { id, timezone, retentionDays, shards, columns } = site;
      found = {
        ...{ id, retentionDays, calendar: getCalendar(timezone), shards: maxShards(shards) },
        ...(columns ? { columns } : {}),
      };
      rollupSites.set(id, found);
    }
    return found;
  }

  /** Sites that had traffic since the last round, or whose days are marked: nobody else has anything to roll up. */
  async function sitesWithWork(now: number): Promise<ResolvedSite[]> {
    const longest = Math.max(...sites.all.map(({ retentionDays }) => retentionDays));
    // Days are closed hours after their end: what was active two days ago may still be due.
    const from = (visitedUntil ?? now - longest * DAY_MS) - 2 * DAY_MS;
    const days: number[] = [];
    for (let day = from; day < now + DAY_MS; day += DAY_MS) days.push(day);
    const active = new Set<string>();
    for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
      const lists = await Promise.all(days.slice(at, at + DAYS_AT_ONCE).map((day) => listSites(day, now)));
      for (const id of lists.flat()) active.add(id);
    }
    for (const { id } of sites.all) {
      if (!active.has(id) && (await hasDirtyDays(id))) active.add(id);
    }
    return sites.all.filter(({ id }) => active.has(id));
  }

  async function listSites(time: number, now: number): Promise<string[]> {
    const day = utcDay(time);
    const known = sitesOfDay.get(day);
    if (known) return known;
    const sites = await store.activeSites(day);
    // The day before may still be written by a process whose clock is behind.
    if (time < now - 2 * DAY_MS) sitesOfDay.set(day, sites);
    return sites;
  }

  async function hasDirtyDays(site: string): Promise<boolean> {
    for (const cause of ['import', 'failed'] as const) {
      if ((await store.markedDays(site, cause)).length > 0) return true;
    }
    if (!context.columns) return false;
    for (const cause of ['columns', 'erased'] as const) {
      if ((await store.markedDays(site, cause, { consistent: false })).length > 0) return true;
    }
    return false;
  }

  async function runRound(isOverdue: () => boolean): Promise<boolean> {
    const now = store.now();
    const failures: RollupFailure[] = [];
    const roundContext: RollupContext = {
      ...context,
      isOverdue,
      onFailure: (failure) => failures.push(failure),
    };
    for (const site of await sitesWithWork(now)) {
      if (isOverdue()) break;
      await rollUpSite(roundContext, toRollupSite(site)).catch((error: unknown) =>
        failures.push({ site: site.id, part: 'site', error }),
      );
    }
    const isComplete = !isOverdue();
    // The next round visits all of these sites again.
    throwFailures(failures);
    if (isComplete) {
      visitedUntil = now;
      sitesOfDay.clear();
    }
    return isComplete;
  }

  async function rollUp(options: RoundOptions = {}): Promise<boolean> {
    assertValid(RoundSchema, options, 'rollUp');
    const { withinMs = Number.POSITIVE_INFINITY } = options;
    // A function that was frozen within a round finds it was: what it waits for may never come.
    if (round && Date.now() < round.overdueAt) return round.running;
    const overdueAt = Date.now() + withinMs;
    const running = runRound(() => Date.now() >= overdueAt).finally(() => {
      if (round?.running === running) round = undefined;
    });
    round = { running, overdueAt };
    return running;
  }

  const runInBackground = () => {
    rollUp().catch(onRollupError);
  };
  const timer = rollUpEverySeconds > 0 ? setInterval(runInBackground, rollUpEverySeconds * 1_000) : undefined;
  timer?.unref();

  return {
    context,
    numberBatches: events.number,
    toRollupSite,
    rollUp,
    trigger: (site, tailBatches) => {
      // Where there is no timer, a schedule does it: nothing may run on behind a reply.
      if (!timer || round || triggered) return;
      const { shards } = toRollupSite(site);
      // Over all shards: then one of them at least has a tail that is put.
      if (tailBatches <= steps.readTailBatches * shards) return;
      const now = store.now();
      if (now - (triggeredAt.get(site.id) ?? Number.NEGATIVE_INFINITY) < TRIGGER_INTERVAL_MS) return;
      triggeredAt.set(site.id, now);
      triggered = rollUpSite(readContext, toRollupSite(site))
        .catch(onRollupError)
        .finally(() => {
          triggered = undefined;
        });
    },
    async close() {
      clearInterval(timer);
      await Promise.all([round?.running.catch(() => {}), triggered]);
    },
  };
}
