/** The alarms, made of their shapes. */
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
import type { AlarmShape } from './alarm-shapes.js';
import { type Deployment, partName } from './options.js';

const RUNBOOK = 'https://github.com/liveinsight/liveinsight/blob/main/docs/operations/runbook.md';

export function makeAlarms(
  scope: Construct,
  shapes: AlarmShape[],
  deployment: Deployment,
): Map<string, Alarm> {
  const action = deployment.alarmTopic && new SnsAction(deployment.alarmTopic);
  return new Map(
    shapes.map((shape) => {
      const alarm = new Alarm(scope, `Alarm-${shape.id}`, {
        alarmName: partName(deployment, shape.id),
        alarmDescription: `${shape.says} Runbook: ${RUNBOOK}#${shape.section}`,
        metric: metricOf(shape),
        threshold: shape.threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: shape.periods,
        treatMissingData:
          shape.missing === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      if (action) {
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
      return [shape.id, alarm];
    }),
  );
}

function metricOf({ metrics, expression, periodS, says }: AlarmShape): IMetric {
  const period = Duration.seconds(periodS);
  const made = Object.entries(metrics).map(
    ([id, { namespace, name: metricName, dimensions: dimensionsMap, statistic }]) =>
      [id, new Metric({ namespace, metricName, dimensionsMap, statistic, period })] as const,
  );
  if (expression !== undefined) {
    return new MathExpression({ expression, usingMetrics: Object.fromEntries(made), period, label: says });
  }
  const [first] = made;
  if (!first) throw new Error('an alarm looks at something');
  return first[1];
}
