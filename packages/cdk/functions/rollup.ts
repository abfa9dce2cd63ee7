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
    const { collector, lag } = await ready;
    const leftMs = context.getRemainingTimeInMillis() - RESERVE_MS;
    const withinMs = Math.max(leftMs - LAST_STEP_MS, leftMs * MIN_ROUND_SHARE);
    const finished = await within(collector.rollUp({ withinMs }), leftMs);
    metrics.add('RollupLag', await lag());
    return { finished };
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

/** Whether it was done in time. */
function within(work: Promise<{ finished: boolean }>, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), ms);
    work.then(({ finished }) => resolve(finished), reject).finally(() => clearTimeout(timer));
  });
}
