/** Metrics as CloudWatch's embedded metric format: lines of the log that CloudWatch turns into metrics, without an API call. */

const NAMESPACE = 'LiveInsight';

export type MetricName =
  | 'EventsProcessed'
  | 'EventsBuffered'
  | 'EventsRejected'
  | 'EventsRetried'
  | 'BotEvents'
  | 'ProcessingTime'
  | 'ProcessingErrors'
  | 'LateLandings'
  | 'RollupLag'
  | 'StatsLag'
  | 'RollupDifferences'
  | 'RollupFailures'
  | 'OverBudget'
  | 'UndecodableBatches'
  | 'WrongKeys';

/** Of what is no count. Counts leave the unit out, since each line is paid for by the byte. */
const UNITS: Partial<Record<MetricName, 'Milliseconds' | 'Seconds'>> = {
  ProcessingTime: 'Milliseconds',
  RollupLag: 'Seconds',
  StatsLag: 'Milliseconds',
};

/** Metrics of one invocation: added up, then written once. */
export interface Metrics {
  add(name: MetricName, value: number): void;
  /** Counts rejected events, in total and by the closed set of reasons. */
  reject(reason: string, events: number): void;
  /** Writes the collected metrics and starts again from zero. */
  flush(): void;
}

export function embeddedMetrics(environment: string, write: (line: string) => void): Metrics {
  const values = new Map<MetricName, number>();
  const reasons = new Map<string, number>();

  function line(dimensions: Record<string, string>, metrics: Map<MetricName, number>): string {
    return `${JSON.stringify({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: NAMESPACE,
            Dimensions: [Object.keys(dimensions)],
            Metrics: [...metrics.keys()].map((Name) => ({ Name, Unit: UNITS[Name] })),
          },
        ],
      },
      ...dimensions,
      ...Object.fromEntries(metrics),
    })}\n`;
  }

  const add = (name: MetricName, value: number) => {
    values.set(name, (values.get(name) ?? 0) + value);
  };

  return {
    add,
    reject(reason, events) {
      add('EventsRejected', events);
      reasons.set(reason, (reasons.get(reason) ?? 0) + events);
    },
    flush() {
      if (values.size > 0) write(line({ Environment: environment }, values));
      for (const [Reason, events] of reasons) {
        write(line({ Environment: environment, Reason }, new Map([['EventsRejected', events]])));
      }
      values.clear();
      reasons.clear();
    },
  };
}

/** The log of a function: past `console`, which would wrap the line in another when logs are JSON. */
export const toLog = (line: string): void => {
  process.stdout.write(line);
};
