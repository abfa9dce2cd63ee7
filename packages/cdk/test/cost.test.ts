/** What a deployment costs without a single event, counted from its template, as the page on cost says. */
import { readFileSync } from 'node:fs';
import type { LiveInsightProps } from '@liveinsight/cdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDynoxide } from '../../../scripts/dynoxide.mjs';
import { type Resource, synthesise } from './deployments.js';
import { type Fixture, startFixture } from './lambda/fixture.js';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../bench/costs/${name}`, import.meta.url), 'utf8'));
const prices = read('prices.json');
const workload = read('workload.json');

const MINUTES_A_MONTH = 60 * 24 * 30;
const sites = [{ id: 'shop', origins: ['https://shop.example'] }];

const alarmMetrics = ({ Properties }: Resource): number =>
  Properties.Metrics?.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat).length ?? 1;

function standing(props: Partial<LiveInsightProps>) {
  const stack = synthesise({ sites, ...props }, undefined, false);
  const alarms = stack.of('AWS::CloudWatch::Alarm');
  const [rule] = stack.of('AWS::Events::Rule');
  const minutes = Number(/^rate\((\d+) minutes\)$/.exec(rule?.Properties.ScheduleExpression)?.[1]);
  const [rollup] = stack
    .of('AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.FunctionName.endsWith('-rollup'));
  const rounds = MINUTES_A_MONTH / minutes;
  const counts = {
    alarm_metrics: alarms.reduce((sum, alarm) => sum + alarmMetrics(alarm), 0),
    dashboards: stack.of('AWS::CloudWatch::Dashboard').length,
    secrets: stack.of('AWS::SecretsManager::Secret').length,
    rounds,
  };
  const dollars =
    counts.alarm_metrics * prices.alarm_metric_month +
    counts.dashboards * prices.dashboard_month +
    counts.secrets * prices.secret_month +
    workload.idle_metrics * prices.metric_month +
    // A second of a round, at most.
    rounds * (rollup?.Properties.MemorySize / 1_024) * prices.lambda_gb_second +
    (rounds * workload.idle_round_reads * prices.dynamodb_read_units_million) / 1e6;
  return { counts, dollars, alarms: alarms.map(({ Properties }) => Properties.AlarmName) };
}

describe("monitoring: 'lean'", () => {
  it.each(['dev', 'prod'])('brings %s without traffic below $5 a month', (environment) => {
    const { counts, dollars } = standing({ environment, monitoring: 'lean' });
    expect(counts).toEqual({
      alarm_metrics: workload.lean_alarm_metrics,
      dashboards: 0,
      secrets: 4,
      rounds: MINUTES_A_MONTH / 15,
    });
    expect(dollars).toBeLessThan(5);
  });

  it('keeps the alarms on what is lost, fails or stands still, and those that a rollout goes by', () => {
    const { alarms } = standing({ environment: 'prod', monitoring: 'lean', ingest: 'buffered' });
    const names = alarms.map((name: string) => name.replace('liveinsight-prod-', '')).sort();
    expect(names).toEqual([
      'admin-errors',
      'api-5xx',
      'buffer-age',
      'dead-letters',
      'drain-errors',
      'ingest-errors',
      'processing-errors',
      'read-errors',
      'rollup-errors',
      'rollup-lag',
      'undecodable-batches',
    ]);
  });

  it('is not the default, which the page on cost shows beside it', () => {
    const { counts, dollars } = standing({ environment: 'prod' });
    expect(counts.alarm_metrics).toBe(workload.alarm_metrics);
    expect(counts.dashboards).toBe(1);
    expect(dollars).toBeGreaterThan(5);
  });
});

describe.runIf(hasDynoxide)('a roll-up without events', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture();
  }, 60_000);
  afterAll(() => fixture?.close());

  it('reads as many units, and sends as many metrics, as the page on cost reckons with, and writes nothing', async () => {
    const rollup = await fixture.start('rollup');
    await rollup.invoke({ source: 'aws.events' });
    rollup.log();
    fixture.gate.calls.length = 0;
    expect(await rollup.invoke({ source: 'aws.events' })).toEqual({ finished: true });
    // A consistent read of nothing takes one unit.
    const reads = fixture.gate.calls.filter((operation) => operation === 'Query' || operation === 'GetItem');
    expect(fixture.gate.calls).toHaveLength(reads.length);
    expect(reads).toHaveLength(workload.idle_round_reads);
    const metrics = rollup
      .log()
      .filter((line) => line.startsWith('{"_aws"'))
      .flatMap((line) => JSON.parse(line)._aws.CloudWatchMetrics[0].Metrics);
    expect(metrics).toHaveLength(workload.idle_metrics);
  });
});
