/** A collector as a Lambda function: its settings read and kept, its origin checked, its events counted, its deadline kept. */
import {
  type Collector,
  type CollectorReply,
  type CollectorRequest,
  type Connection,
  createCollector,
  type Store,
} from '@liveinsight/collector';
import { type LambdaEvent, type LambdaResult, toLambda } from '@liveinsight/collector/lambda';
import { count } from './count.js';
import { invocationDeadline, withinDeadline } from './deadline.js';
import { kept } from './kept.js';
import { embeddedMetrics, type MetricName, type Metrics, toLog } from './metrics.js';
import { cameByOrigin, refuseStranger, viewerConnection } from './origin.js';
import { awsSecrets } from './secrets.js';
import { readSettings, SETTINGS_KEPT_MS, type Settings } from './settings.js';

/** What of Lambda's context is used. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

export interface Served {
  /** Made once per process; closed never: the environment is frozen, then gone. */
  store(metrics: Metrics, settings: Settings): Store;
  /** What an accepted event counts as. */
  taken: MetricName;
}

interface Ready {
  settings: Settings;
  collector: Collector;
}

export function serve({ store: makeStore, taken }: Served) {
  const metrics = embeddedMetrics(process.env.ENVIRONMENT ?? 'default', toLog);
  const deadline = invocationDeadline();
  const secrets = awsSecrets(process.env);
  let store: Store | undefined;

  const ready = kept<Ready>(
    async () => {
      const settings = await readSettings(process.env, secrets);
      store ??= countingBots(withinDeadline(makeStore(metrics, settings), deadline), metrics);
      const onWrongKey = () => metrics.add('WrongKeys', 1);
      return { settings, collector: createCollector({ ...settings.options, store, onWrongKey }) };
    },
    SETTINGS_KEPT_MS,
    (error) => console.error('the secrets could not be read again; those read before serve on', error),
  );
  // Begun while the process starts, so that the first request waits less. What fails is tried again by the first.
  ready.get().catch(() => {});

  async function handle(request: CollectorRequest, connection: Connection): Promise<CollectorReply> {
    const { settings, collector } = await ready.get();
    if (!cameByOrigin(request, settings.originSecrets)) return refuseStranger();
    const startedAt = performance.now();
    const behindOrigin = settings.originSecrets.length > 0;
    const reply = await collector.handle(
      request,
      behindOrigin ? viewerConnection(request, connection) : connection,
    );
    count(metrics, request, reply, Math.round(performance.now() - startedAt), taken);
    return reply;
  }

  const answer = toLambda({ handle });

  return async (event: LambdaEvent, context: LambdaContext): Promise<LambdaResult> => {
    deadline.set(context.getRemainingTimeInMillis());
    try {
      return await answer(event);
    } finally {
      metrics.flush();
    }
  };
}

function countingBots(store: Store, metrics: Metrics): Store {
  return {
    ...store,
    async append(batch) {
      const outcome = await store.append(batch);
      if (batch.bot && outcome.kind === 'stored') metrics.add('BotEvents', batch.events.length);
      return outcome;
    },
  };
}
