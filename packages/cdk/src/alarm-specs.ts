/** Every alarm as data: metric, threshold and section of the runbook. */
import type { FunctionSpec } from './function-specs.js';
import { type Deployment, resourceName } from './options.js';
import type { FunctionName } from './permissions.js';

export interface MetricSpec {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  statistic: 'Sum' | 'Average' | 'Maximum';
}

export interface AlarmSpec {
  /** Last part of its name. */
  id: string;
  /** One sentence; the link to the runbook is appended. */
  description: string;
  /** Section of docs/operations/runbook.md. */
  section: string;
  /** By the names that `expression` uses. A single metric needs no expression. */
  metrics: Record<string, MetricSpec>;
  /** CloudWatch metric math over `metrics`. */
  expression?: string;
  /** The alarm goes off at this value or above. */
  threshold: number;
  periodS: number;
  /** Consecutive periods. */
  periods: number;
  /** How missing data counts. */
  missing: 'notBreaching' | 'breaching';
}

const PERIOD_S = 300;
const base = { periodS: PERIOD_S, periods: 2, missing: 'notBreaching' as const };

export function alarmSpecs(
  deployment: Deployment,
  functions: Partial<Record<FunctionName, FunctionSpec>>,
  apiId?: string,
): AlarmSpec[] {
  const names = Object.keys(functions) as FunctionName[];
  return [
    ...names.flatMap((name) => functionAlarms(deployment, name, functions[name] as FunctionSpec)),
    ...entryPointAlarms(deployment, apiId),
    ...['events', 'rollups'].map((table) => throttles(deployment, table)),
    ...rollupAlarms(deployment),
    ...(deployment.ingest === 'buffered' ? bufferAlarms(deployment) : []),
  ];
}

function functionAlarms(deployment: Deployment, name: FunctionName, spec: FunctionSpec): AlarmSpec[] {
  const metric = (metricName: string, statistic: MetricSpec['statistic']) => ({
    m: {
      namespace: 'AWS/Lambda',
      name: metricName,
      dimensions: { FunctionName: resourceName(deployment, name) },
      statistic,
    },
  });
  return [
    {
      ...base,
      id: `${name}-errors`,
      description: `The function ${name} failed ${spec.errors} times or more in each of two 5-minute periods.`,
      section: 'function-errors',
      metrics: metric('Errors', 'Sum'),
      threshold: spec.errors,
    },
    {
      ...base,
      id: `${name}-duration`,
      description: `The function ${name} took ${spec.slowMs} ms or more on average for 10 minutes.`,
      section: 'function-duration',
      metrics: metric('Duration', 'Average'),
      threshold: spec.slowMs,
    },
    {
      ...base,
      id: `${name}-throttles`,
      description: `Lambda throttled the function ${name}: the concurrency limit of the account is reached.`,
      section: 'function-throttles',
      metrics: metric('Throttles', 'Sum'),
      threshold: 1,
    },
  ];
}

/** Shares of requests, because a few invalid requests among many are normal. */
function entryPointAlarms(deployment: Deployment, apiId: string | undefined): AlarmSpec[] {
  const metrics = (kind: '4xx' | '5xx'): Record<string, MetricSpec> => {
    const sum = (namespace: string, name: string, dimensions: Record<string, string>) =>
      ({ namespace, name, dimensions, statistic: 'Sum' }) as const;
    if (apiId !== undefined) {
      return {
        e: sum('AWS/ApiGateway', kind, { ApiId: apiId }),
        r: sum('AWS/ApiGateway', 'Count', { ApiId: apiId }),
      };
    }
    const of = (name: string) => ({ FunctionName: resourceName(deployment, name) });
    return {
      e: sum('AWS/Lambda', `Url${kind}Count`, of('ingest')),
      f: sum('AWS/Lambda', `Url${kind}Count`, of('read')),
      r: sum('AWS/Lambda', 'UrlRequestCount', of('ingest')),
      s: sum('AWS/Lambda', 'UrlRequestCount', of('read')),
    };
  };
  const share = (atLeast: number) =>
    apiId === undefined
      ? `IF(FILL(r,0)+FILL(s,0)>=${atLeast},100*(FILL(e,0)+FILL(f,0))/(FILL(r,0)+FILL(s,0)),0)`
      : `IF(FILL(r,0)>=${atLeast},100*FILL(e,0)/FILL(r,0),0)`;
  return [
    {
      ...base,
      id: 'api-4xx',
      description: '10% or more of the requests were rejected (4xx) for 10 minutes.',
      section: 'api-4xx',
      metrics: metrics('4xx'),
      expression: share(100),
      threshold: 10,
    },
    {
      ...base,
      id: 'api-5xx',
      description: '1% or more of the requests failed (5xx) for 10 minutes.',
      section: 'api-5xx',
      metrics: metrics('5xx'),
      expression: share(20),
      threshold: 1,
    },
  ];
}

function throttles(deployment: Deployment, table: string): AlarmSpec {
  const metric = (name: string, index?: string): MetricSpec => ({
    namespace: 'AWS/DynamoDB',
    name,
    dimensions: {
      TableName: resourceName(deployment, table),
      ...(index ? { GlobalSecondaryIndexName: index } : {}),
    },
    statistic: 'Sum',
  });
  const own = { r: metric('ReadThrottleEvents'), w: metric('WriteThrottleEvents') };
  const index: Record<string, MetricSpec> =
    table === 'events'
      ? { s: metric('ReadThrottleEvents', 'arrivals'), x: metric('WriteThrottleEvents', 'arrivals') }
      : {};
  const metrics = { ...own, ...index };
  return {
    ...base,
    id: `${table}-throttled`,
    description: `DynamoDB throttled reads or writes of the table ${table}.`,
    section: 'table-throttled',
    metrics,
    expression: Object.keys(metrics)
      .map((id) => `FILL(${id},0)`)
      .join('+'),
    threshold: 1,
    periods: 1,
  };
}

function rollupAlarms(deployment: Deployment): AlarmSpec[] {
  const own = (name: string, statistic: MetricSpec['statistic'] = 'Sum'): MetricSpec => ({
    namespace: 'LiveInsight',
    name,
    dimensions: { Environment: deployment.environment },
    statistic,
  });
  const taken = deployment.ingest === 'buffered' ? 'EventsBuffered' : 'EventsProcessed';
  return [
    {
      ...base,
      id: 'processing-errors',
      description: 'Five or more requests failed in each of two 5-minute periods.',
      section: 'processing-errors',
      metrics: { m: own('ProcessingErrors') },
      threshold: 5,
    },
    {
      ...base,
      id: 'rejected-share',
      description: '10% or more of the events were rejected as invalid for 10 minutes.',
      section: 'rejected-share',
      metrics: { e: own('EventsRejected'), p: own(taken) },
      expression: 'IF(FILL(e,0)+FILL(p,0)>=100,100*FILL(e,0)/(FILL(e,0)+FILL(p,0)),0)',
      threshold: 10,
    },
    {
      ...base,
      id: 'retried-share',
      description:
        '1% or more of the events could not be stored at first and must be sent again, for 10 minutes.',
      section: 'retried-share',
      metrics: { e: own('EventsRetried'), p: own('EventsProcessed') },
      expression: 'IF(FILL(e,0)+FILL(p,0)>=100,100*FILL(e,0)/(FILL(e,0)+FILL(p,0)),0)',
      threshold: 1,
    },
    {
      ...base,
      id: 'late-landings',
      description: 'A write was stored more than a minute after its timestamp: roll-ups may be missing it.',
      section: 'late-landings',
      metrics: { m: own('LateLandings') },
      threshold: 1,
      periods: 1,
    },
    {
      ...base,
      id: 'rollup-lag',
      description:
        'Events have waited for more than two hours to be rolled up, or the rollup function does not run.',
      section: 'rollup-lag',
      metrics: { m: own('RollupLag', 'Maximum') },
      threshold: 7_200,
      periodS: 900,
      missing: 'breaching',
    },
    {
      ...base,
      id: 'rollup-differences',
      description: 'The totals of a day differ from the sum of its hours.',
      section: 'rollup-differences',
      metrics: { m: own('RollupDifferences') },
      threshold: 1,
      periods: 1,
    },
    {
      ...base,
      id: 'rollup-failures',
      description: 'An hour, day, shard, site or alert failed in two roll-ups in a row and was skipped.',
      section: 'rollup-failures',
      metrics: { m: own('RollupFailures') },
      threshold: 1,
    },
    {
      ...base,
      id: 'undecodable-batches',
      description: 'Stored batches could not be read and are missing from all stats.',
      section: 'undecodable-batches',
      metrics: { m: own('UndecodableBatches') },
      threshold: 1,
      periods: 1,
    },
    {
      ...base,
      id: 'over-budget',
      description:
        'Visitors sent more distinct values, or longer ones, than the roll-ups can hold, 100 or more times in an hour.',
      section: 'over-budget',
      metrics: { m: own('OverBudget') },
      threshold: 100,
      periodS: 3_600,
      periods: 1,
    },
    {
      ...base,
      id: 'wrong-keys',
      description: '100 or more requests had a wrong key in each of two 5-minute periods.',
      section: 'wrong-keys',
      metrics: { m: own('WrongKeys') },
      threshold: 100,
    },
  ];
}

function bufferAlarms(deployment: Deployment): AlarmSpec[] {
  const metric = (name: string, queue: string): Record<string, MetricSpec> => ({
    m: {
      namespace: 'AWS/SQS',
      name,
      dimensions: { QueueName: resourceName(deployment, queue) },
      statistic: 'Maximum',
    },
  });
  return [
    {
      ...base,
      id: 'buffer-age',
      description: 'The oldest batch in the buffer has waited for more than 15 minutes.',
      section: 'buffer-age',
      metrics: metric('ApproximateAgeOfOldestMessage', 'buffer'),
      threshold: 900,
    },
    {
      ...base,
      id: 'dead-letters',
      description: 'Batches from the buffer could not be stored and are in the dead-letter queue.',
      section: 'dead-letters',
      metrics: metric('ApproximateNumberOfMessagesVisible', 'dead-letters'),
      threshold: 1,
      periods: 1,
    },
  ];
}
