import { ALERT_DIMENSIONS, ALERT_METRICS, ALERT_METRICS_OF_A_VALUE } from '@liveinsight/schema';
import { expect, it } from 'vitest';
import { dimensionsFor } from '../src/views/alerts/rule-draft.js';

it.each(ALERT_METRICS)('an alert on %s is offered by what the collector takes it by', (metric) => {
  const taken = ALERT_DIMENSIONS.filter((dimension) => ALERT_METRICS_OF_A_VALUE[dimension].includes(metric));
  expect([...dimensionsFor(metric)].sort()).toEqual([...taken].sort());
});
