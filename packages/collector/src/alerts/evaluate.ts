/** A round over a site's alerts: their numbers are checked, and what is to be told is sent. */

import { readNewestBatches } from '../event-log/read-newest.js';
import { sumBuckets } from '../query/bucketed-rollup.js';
import { readDefinitions } from '../query/definitions.js';
import { readRollups } from '../query/read-rollups.js';
import { FIVE_MINUTES_MS } from '../rollup/aggregate.js';
import type { RollupContext, RollupFailure, RollupSite } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { SettingsStore } from '../storage/settings-store.js';
import type { ReadContext, Tails } from '../tail/tails.js';
import { MINUTE_MS } from '../time/ms.js';
import { changeState, loadAlerts, type StoredAlert } from './alert-repository.js';
import { type AlertRule, type AlertState, evaluateRule, type Measurement } from './alert-state.js';
import { deliver, type Sender } from './deliver.js';
import { isSum, measure, numberIn, type SumRule } from './metric-value.js';

/** Batches that a round reads of a site at most: the newest. */
export const MAX_ALERT_BATCHES = 5_000;
/** A tail that was read longer ago says too little of a window that ends now. */
const MAX_TAIL_AGE_MS = MINUTE_MS;
/** Receivers that are told at once. */
const AT_ONCE = 8;

export interface CheckParts {
  context: RollupContext;
  settings: SettingsStore;
  sender: Sender;
  newId: () => string;
  maxBatches: number;
  /** What the process holds of a site's newest arrivals because somebody looks at its statistics. */
  tails?: Pick<Tails, 'peek'>;
  /** Called with each alert that failed and was passed. */
  onFailure?: (failure: RollupFailure) => void;
}

/** @param checkedSince alerts that another process has checked since then (ms) are left to it */
export async function checkAlerts(
  parts: CheckParts,
  site: { known: ResolvedSite; rollup: RollupSite },
  checkedSince: number,
): Promise<void> {
  const alerts = await loadAlerts(parts.settings, site.known.id);
  const due = alerts.filter(({ rule, state }) => isDue(rule, state?.state, checkedSince));
  const read = await createMeasure(parts, site, due);
  const now = new Map<string, StoredAlert>(alerts.map((alert) => [alert.id, alert]));
  const alone = async (alert: StoredAlert, work: () => Promise<void>) => {
    const { onFailure } = parts;
    if (!onFailure) return work();
    await work().catch((error: unknown) =>
      onFailure({ site: site.known.id, part: `alert ${alert.id}`, error }),
    );
  };
  for (const alert of due) {
    await alone(alert, async () => {
      const measurement = await read(alert.rule);
      const at = parts.context.rollups.now();
      const saved = await changeState(parts.settings, site.known.id, alert, (before) => ({
        state: evaluateRule(before, alert.rule, measurement, at, parts.newId),
      }));
      now.set(alert.id, { ...alert, state: saved?.stored });
    });
  }
  const waiting = [...now.values()].filter(({ state }) => (state?.state.waiting.length ?? 0) > 0);
  await forEachConcurrently(waiting, AT_ONCE, async (alert) => {
    await alone(alert, () => deliver(parts, site.known.id, alert));
  });
}

/** What is switched off is looked at until it is known to be over. */
function isDue({ enabled }: AlertRule, state: AlertState | undefined, since: number): boolean {
  const isOpen = state !== undefined && state.status !== 'ok';
  return (enabled || isOpen) && (state?.checkedAt ?? 0) <= since;
}

/** Reads the log once for all of them. */
async function createMeasure(
  { context, maxBatches, tails, settings }: CheckParts,
  { known, rollup }: { known: ResolvedSite; rollup: RollupSite },
  due: StoredAlert[],
): Promise<(rule: AlertRule) => Promise<Measurement>> {
  const to = context.rollups.now();
  const windows = due.filter(({ rule }) => rule.enabled).map(({ rule }) => rule.window_minutes);
  if (windows.length === 0) return async () => ({ known: true, value: 0 });
  const from = to - Math.max(...windows) * MINUTE_MS;
  const { batches, truncated } = await readNewestBatches(context.events, known, {
    from,
    to: to + 1,
    limit: maxBatches,
  });
  const latest = { batches, begins: truncated ? (batches[0]?.received_at ?? to) : from, to };
  const definitions = readDefinitions(settings)(known.id);
  return async (rule) => {
    const goal = rule.goal === undefined ? undefined : await definitions.goal(rule.goal, 'goal');
    const measurement = measure(rule, latest, context, goal);
    return !measurement.known && isSum(rule)
      ? sumFromRollups(await withTail(context, rollup, tails), rollup, rule, to)
      : measurement;
  };
}

/**
 * Rounds come every minute in every process, so they never read the tail of a busy site for themselves. One that is held
 * answers as of its time, if that is not long ago.
 */
async function withTail(
  context: RollupContext,
  site: RollupSite,
  tails: CheckParts['tails'],
): Promise<ReadContext & { heldUntil?: number }> {
  const tail = tails?.peek(site);
  const cuts = await tail?.cuts();
  const heldUntil = Math.min(...(cuts ?? []).map(({ asOf }) => asOf));
  if (!tail || !cuts || heldUntil < context.rollups.now() - MAX_TAIL_AGE_MS) return context;
  return { ...context, tail: { ...tail, cuts: async () => cuts, held: () => cuts }, heldUntil };
}

/** Of more than can be looked at: from rollups and their tail, begun at a whole 5 minutes. */
async function sumFromRollups(
  { heldUntil = Number.POSITIVE_INFINITY, ...context }: ReadContext & { heldUntil?: number },
  site: RollupSite,
  rule: SumRule,
  to: number,
): Promise<Measurement> {
  const now = Math.min(to, heldUntil);
  const floorToFiveMinutes = (ms: number) => Math.floor(ms / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const bounds = [
    floorToFiveMinutes(now - rule.window_minutes * MINUTE_MS),
    floorToFiveMinutes(now) + FIVE_MINUTES_MS,
  ];
  const { buckets, asOf } = await readRollups(context, site, bounds, { dimensions: [] });
  const { rollup, additiveOnly } = sumBuckets(buckets);
  const value = numberIn(rollup, additiveOnly, rule.metric);
  // 5-minute totals alone lack the sessions whose page views have no ordinal.
  const isComplete = asOf >= now && !(additiveOnly && rule.metric === 'sessions');
  return isComplete ? { known: true, value } : { known: false, atLeast: value };
}

async function forEachConcurrently<Item>(
  items: Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
