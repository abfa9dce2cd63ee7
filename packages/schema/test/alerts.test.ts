import { ALERT_DIMENSIONS, ALERT_METRICS, ALERT_METRICS_OF_A_VALUE, parseSetting } from '@liveinsight/schema';
import { expect, it } from 'vitest';

const rule = (more: object) =>
  JSON.stringify({
    name: 'Sales',
    comparison: 'below',
    threshold: 1,
    window_minutes: 60,
    enabled: true,
    ...more,
  });

it.each(ALERT_DIMENSIONS)(
  'an alert on one value of %s takes what is counted of it, and nothing else',
  (dimension) => {
    for (const metric of ALERT_METRICS) {
      const parsed = parseSetting('alert', rule({ metric, dimension, value: 'a' }));
      const isCounted = ALERT_METRICS_OF_A_VALUE[dimension].includes(metric);
      expect(parsed.ok, metric).toBe(isCounted);
      if (parsed.ok) continue;
      expect(parsed.issues).toEqual([
        expect.objectContaining({
          path: 'metric',
          message: `metric must be one of ${ALERT_METRICS_OF_A_VALUE[dimension].join(', ')} where the dimension is ${dimension}`,
        }),
      ]);
    }
  },
);
