/** A collector as a Lambda function: its settings read and kept, its origin checked, its events counted, its deadline kept. */
import type {
  Collector,
  CollectorOptions,
  CollectorReply,
  CollectorRequest,
  Connection,
  Store,
} from '@liveinsight/collector';
import { type LambdaEvent, type LambdaResult, toLambda } from '@liveinsight/collector/lambda';
import { invocationDeadline, withinDeadline } from './deadline.js';
import { embeddedMetrics, type MetricName, type Metrics, toLog } from './metrics.js';
import { forbidden, isFromDistribution, viewerConnection } from './origin-auth.js';
import { answerPermissionQuery, isPermissionQuery, type PermissionQuery } from './permission-query.js';
import { recordFreshness, recordRequest } from './request-metrics.js';
import { awsSecrets } from './secrets.js';
import { readSettings, SETTINGS_TTL_MS, type Settings } from './settings.js';
import { ttlCache } from './ttl-cache.js';

/** What of Lambda's context is used. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** All of a collector, or one that only takes events and holds no statistics. */
type ServedCollector = Pick<Collector, 'handle'> & Partial<Pick<Collector, 'tails'>>;

export interface Served {
  createCollector(options: CollectorOptions): ServedCollector;
  /** Made once per process; closed never: the environment is frozen, then gone. */
  store(metrics: Metrics, settings: Settings): Store;
  /** What an accepted event counts as. */
  taken: MetricName;
}

interface Ready {
  settings: Settings;
  collector: ServedCollector;
}

export function serve({ createCollector, store: makeStore, taken }: Served) {
  const metrics = embeddedMetrics(process.env.ENVIRONMENT ?? 'default', toLog);
  const deadline = invocationDeadline();
  const secrets = awsSecrets(process.env);
  let store: Store | undefined;

  const ready = ttlCache<Ready>(
    async () => {
      const settings = await readSettings(process.env, secrets);
      store ??= countingBots(withinDeadline(makeStore(metrics, settings), deadline), metrics);
      const onWrongKey = () => metrics.add('WrongKeys', 1);
      return { settings, collector: createCollector({ ...settings.options, store, onWrongKey }) };
    },
    SETTINGS_TTL_MS,
    (error) => console.error('the secrets could not be read again; those read before serve on', error),
  );
  // Begun while the process starts, so that the first request waits less. What fails is tried again by the first.
  ready.get().catch(() => {});

  async function handle(request: CollectorRequest, connection: Connection): Promise<CollectorReply> {
    const { settings, collector } = await ready.get();
    if (!isFromDistribution(request, settings.originSecrets)) return forbidden();
    const startedAt = performance.now();
    const isBehindDistribution = settings.originSecrets.length > 0;
    const reply = await collector.handle(
      request,
      isBehindDistribution ? viewerConnection(request, connection) : connection,
    );
    recordRequest(metrics, request, reply, Math.round(performance.now() - startedAt), taken);
    if (collector.tails) recordFreshness(metrics, request, reply, collector.tails());
    return reply;
  }

  const invoke = toLambda({ handle });

  return async (
    event: LambdaEvent | PermissionQuery,
    context: LambdaContext,
  ): Promise<LambdaResult | Awaited<ReturnType<typeof answerPermissionQuery>>> => {
    if (isPermissionQuery(event)) return answerPermissionQuery(event.function);
    deadline.set(context.getRemainingTimeInMillis());
    try {
      return await invoke(event);
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
