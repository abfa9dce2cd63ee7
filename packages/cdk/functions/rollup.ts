/** The function that a schedule calls: brings the numbers up to date, and says how far behind they are. */
import { type Collector, createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { rollupLag } from './runtime/lag.js';
import { embeddedMetrics, toLog } from './runtime/metrics.js';
import { awsSecrets } from './runtime/secrets.js';
import type { LambdaContext } from './runtime/serve.js';
import { readSettings } from './runtime/settings.js';

/** Left of the function's time for saying how it went, in ms. */
const RESERVE_MS = 5_000;

const metrics = embeddedMetrics(process.env.ENVIRONMENT ?? 'default', toLog);
let ready: Promise<{ collector: Collector; lag(): Promise<number> }> | undefined;

async function prepare() {
  const { options } = await readSettings(process.env, awsSecrets(process.env));
  const store = dynamoStore();
  const collector = createCollector({
    ...options,
    store,
    onDayDifference: (difference) => {
      metrics.add('RollupDifferences', 1);
      console.error('a day folded whole does not agree with its hours', difference);
    },
  });
  return { collector, lag: () => rollupLag(store, options.sites) };
}

/** What the time does not suffice for goes on at the next call, from where this one came to. */
export async function handler(_event: unknown, context: LambdaContext): Promise<{ finished: boolean }> {
  ready ??= prepare();
  try {
    const { collector, lag } = await ready;
    const finished = await within(collector.rollUp(), context.getRemainingTimeInMillis() - RESERVE_MS);
    metrics.add('RollupLag', await lag());
    return { finished };
  } catch (error) {
    ready = undefined;
    metrics.add('ProcessingErrors', 1);
    throw error;
  } finally {
    metrics.flush();
  }
}

/** Whether it was done in time. */
function within(work: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), ms);
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer));
  });
}
