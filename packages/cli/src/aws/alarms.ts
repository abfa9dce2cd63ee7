/** The alarms of a deployment. */
import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type Deployment, FUNCTIONS, resourceName } from './deployment.js';

const PARTS = [
  ...FUNCTIONS.flatMap((part) => ['errors', 'duration', 'throttles'].map((what) => `${part}-${what}`)),
  'api-4xx',
  'api-5xx',
  'events-throttled',
  'rollups-throttled',
  'processing-errors',
  'rejected-share',
  'retried-share',
  'late-landings',
  'rollup-lag',
  'rollup-differences',
  'rollup-failures',
  'undecodable-batches',
  'over-budget',
  'wrong-keys',
  'buffer-age',
  'dead-letters',
];

/** By their names in full: what `liveinsight-prod-` begins may belong to the deployment `prod-eu`. */
export async function readAlarms(client: CloudWatchClient, deployment: Deployment): Promise<MetricAlarm[]> {
  const own = new Set(PARTS.map((part) => resourceName(deployment, part)));
  const alarms: MetricAlarm[] = [];
  const pages = paginateDescribeAlarms({ client }, { AlarmNamePrefix: resourceName(deployment, '') });
  for await (const { MetricAlarms = [] } of pages) {
    alarms.push(...MetricAlarms.filter(({ AlarmName = '' }) => own.has(AlarmName)));
  }
  return alarms;
}
