/** What a process has done and holds, in the text format of Prometheus. */
import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS = 1e9;

export interface Metrics {
  /** A response was sent. */
  request(status: number): void;
  /** Events were stored, or not. */
  events(outcome: 'stored' | 'retry', count: number): void;
  rollupFailed(): void;
  /** @param files of the database */
  toText(files: readonly string[]): string;
  close(): void;
}

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const events = new Map<string, number>();
  let failures = 0;
  const delay = monitorEventLoopDelay();
  delay.enable();
  const add = (counts: Map<string, number>, label: string, by: number) =>
    void counts.set(label, (counts.get(label) ?? 0) + by);

  return {
    request: (status) => add(requests, `status="${Math.floor(status / 100)}xx"`, 1),
    events: (outcome, count) => add(events, `outcome="${outcome}"`, count),
    rollupFailed: () => {
      failures += 1;
    },
    toText(files) {
      const { user, system } = process.cpuUsage();
      const bytes = files.reduce(
        (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
        0,
      );
      const p99 = delay.percentile(99) / NANOSECONDS;
      delay.reset();
      return [
        ...counter('liveinsight_http_requests_total', 'Responses by class of their status', requests),
        ...counter('liveinsight_events_total', 'Events that were stored, or are to be sent again', events),
        ...single(
          'counter',
          'liveinsight_rollup_failures_total',
          'Rounds in which something failed',
          failures,
        ),
        ...single('gauge', 'liveinsight_database_bytes', 'Size of the database files', bytes),
        ...single(
          'gauge',
          'liveinsight_event_loop_delay_seconds',
          '99th percentile since the last read',
          p99,
        ),
        ...single('gauge', 'process_resident_memory_bytes', 'Resident memory', process.memoryUsage.rss()),
        ...single('counter', 'process_cpu_seconds_total', 'CPU time', (user + system) / 1e6),
        '',
      ].join('\n');
    },
    close: () => void delay.disable(),
  };
}

const describe = (type: string, name: string, help: string) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const counter = (name: string, help: string, counts: Map<string, number>) => [
  ...describe('counter', name, help),
  ...[...counts].map(([label, count]) => `${name}{${label}} ${count}`),
];

const single = (type: 'counter' | 'gauge', name: string, help: string, value: number) => [
  ...describe(type, name, help),
  `${name} ${value}`,
];
