/** The function that a schedule calls: brings the numbers up to date, and says how far behind they are. */
import { type Collector, createCollector, RoundError } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { rollupLag } from './runtime/lag.js';
import { embeddedMetrics, toLog } from './runtime/metrics.js';
import { answerPermissionQuery, isPermissionQuery } from './runtime/permission-query.js';
import { awsSecrets } from './runtime/secrets.js';
import type { LambdaContext } from './runtime/serve.js';
import { readSettings } from './runtime/settings.js';

/** Left of the function's time for saying how it went, in ms. */
const RESERVE_MS = 5_000;
/** Of that, left for writing the metrics, in ms. */
const REPORT_MS = 1_000;
/** A step that is running when the round should stop may take this much longer, in ms. */
const LAST_STEP_MS = 10_000;
/** Share of the remaining time that a round gets at least: a function with a short time-out advances too. */
const MIN_ROUND_SHARE = 0.5;

const metrics = embeddedMetrics(process.env.ENVIRONMENT ?? 'default', toLog);
let ready: Promise<{ collector: Collector; lag(): Promise<number> }> | undefined;

async function prepare() {
  const { options } = await readSettings(process.env, awsSecrets(process.env));
  const store = dynamoStore({ driver: lean() });
  const collector = createCollector({
    ...options,
    store,
    onRollupMismatch: (difference) => {
      metrics.add('RollupDifferences', 1);
      console.error('a day aggregated from the log does not agree with its hours', difference);
    },
    onOverBudget: (over) => {
      metrics.add('OverBudget', over.times);
      if (over.reason === 'dropped.undecodable') metrics.add('UndecodableBatches', over.times);
      console.warn('more was sent than the numbers of an hour can hold', over);
    },
  });
  return { collector, lag: () => rollupLag(store, options.sites) };
}

/** What the time does not suffice for goes on at the next call, from where this one came to. */
export async function handler(
  event: unknown,
  context: LambdaContext,
): Promise<{ finished: boolean } | Awaited<ReturnType<typeof answerPermissionQuery>>> {
  if (isPermissionQuery(event)) return answerPermissionQuery('rollup');
  ready ??= prepare();
  try {
    const timeLeft = () => context.getRemainingTimeInMillis() - RESERVE_MS;
    const finished = await within(runRound(ready, timeLeft), timeLeft());
    const { lag } = (await within(ready, timeLeft() + RESERVE_MS - REPORT_MS)) ?? {};
    // A database too slow to say so in time has the alarm on a missing measurement ring.
    const behind = lag && (await within(lag(), timeLeft() + RESERVE_MS - REPORT_MS));
    if (behind !== undefined) metrics.add('RollupLag', behind);
    return { finished: finished ?? false };
  } catch (error) {
    ready = undefined;
    metrics.add('ProcessingErrors', 1);
    // Hours, days, sites or alerts that were passed, and are tried again by the next round.
    if (error instanceof RoundError) metrics.add('RollupFailures', error.failures.length);
    throw error;
  } finally {
    metrics.flush();
  }
}

/** Also the secrets are read within the time that a round has. */
async function runRound(
  prepared: Promise<{ collector: Collector }>,
  timeLeft: () => number,
): Promise<boolean> {
  const { collector } = await prepared;
  const leftMs = timeLeft();
  const withinMs = Math.max(leftMs - LAST_STEP_MS, leftMs * MIN_ROUND_SHARE);
  return (await collector.rollUp({ withinMs })).finished;
}

/** What comes of it, or undefined where that takes longer. */
function within<Result>(work: Promise<Result>, ms: number): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), Math.max(0, ms));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
