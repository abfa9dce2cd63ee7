/** The CloudWatch dashboard of a deployment. */
import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Metric,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { DeployedFunction } from './deployed-function.js';
import { type Deployment, resourceName } from './options.js';
import type { Tables } from './tables.js';

export interface DashboardParts {
  functions: DeployedFunction[];
  tables: Tables;
  alarms: Alarm[];
}

const WIDTH = 8;
const period = Duration.minutes(5);

export function createDashboard(
  scope: Construct,
  { functions, tables, alarms }: DashboardParts,
  deployment: Deployment,
): void {
  const own = (metricName: string, statistic = 'Sum') =>
    new Metric({
      namespace: 'LiveInsight',
      metricName,
      dimensionsMap: { Environment: deployment.environment },
      statistic,
      period,
    });
  const graph = (title: string, left: Metric[]) => new GraphWidget({ title, left, width: WIDTH });
  const each = (metric: (deployed: DeployedFunction) => Metric) => functions.map(metric);
  new Dashboard(scope, 'Dashboard', {
    dashboardName: resourceName(deployment, 'operations'),
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 3 * WIDTH, height: 4 })],
      [
        graph(
          'Events',
          ['EventsProcessed', 'BotEvents', 'EventsRejected', 'EventsRetried'].map((name) => own(name)),
        ),
        graph('Time per ingest request (ms)', [own('ProcessingTime', 'p50'), own('ProcessingTime', 'p99')]),
        graph('Roll-up lag (s)', [own('RollupLag', 'Maximum')]),
      ],
      [
        graph(
          'Invocations',
          each(({ function: deployed }) => deployed.metricInvocations({ period })),
        ),
        graph(
          'Errors',
          each(({ function: deployed }) => deployed.metricErrors({ period })),
        ),
        graph(
          'Duration',
          each(({ function: deployed }) => deployed.metricDuration({ period })),
        ),
      ],
      [
        graph('Write units', [
          tables.events.metricConsumedWriteCapacityUnits({ period }),
          tables.rollups.metricConsumedWriteCapacityUnits({ period }),
        ]),
        graph('Read units', [
          tables.events.metricConsumedReadCapacityUnits({ period }),
          tables.rollups.metricConsumedReadCapacityUnits({ period }),
        ]),
        graph('Stats behind (ms)', [own('StatsLag', 'p50'), own('StatsLag', 'Maximum')]),
      ],
      [
        graph(
          'Concurrent executions',
          each(({ function: deployed }) =>
            deployed.metric('ConcurrentExecutions', { period, statistic: 'Maximum' }),
          ),
        ),
      ],
    ],
  });
}
