/** The alarms, made of their specs. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { AlarmSpec } from './alarm-specs.js';
import { type Deployment, resourceName } from './options.js';

const RUNBOOK = 'https://github.com/liveinsight/liveinsight/blob/main/docs/operations/runbook.md';

export function createAlarms(
  scope: Construct,
  specs: AlarmSpec[],
  deployment: Deployment,
): Map<string, Alarm> {
  const action = deployment.alarmTopic && new SnsAction(deployment.alarmTopic);
  return new Map(
    specs.map((spec) => {
      const alarm = new Alarm(scope, `Alarm-${spec.id}`, {
        alarmName: resourceName(deployment, spec.id),
        alarmDescription: `${spec.description} Runbook: ${RUNBOOK}#${spec.section}`,
        metric: toMetric(spec),
        threshold: spec.threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: spec.periods,
        treatMissingData:
          spec.missing === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      if (action) {
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
      return [spec.id, alarm];
    }),
  );
}

function toMetric({ metrics, expression, periodS, description }: AlarmSpec): IMetric {
  const period = Duration.seconds(periodS);
  const made = Object.entries(metrics).map(
    ([id, { namespace, name: metricName, dimensions: dimensionsMap, statistic }]) =>
      [id, new Metric({ namespace, metricName, dimensionsMap, statistic, period })] as const,
  );
  if (expression !== undefined) {
    return new MathExpression({
      expression,
      usingMetrics: Object.fromEntries(made),
      period,
      label: description,
    });
  }
  const [first] = made;
  if (!first) throw new Error('an alarm looks at something');
  return first[1];
}
