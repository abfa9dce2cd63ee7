/** LiveInsight on an AWS account, whole. */
import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { alarmShapes } from './alarm-shapes.js';
import { makeAlarms } from './alarms.js';
import { makeBuffer } from './buffer.js';
import { makeDashboard } from './dashboard.js';
import { makeDistribution } from './distribution.js';
import { createEntryPoint } from './front-door.js';
import { type FunctionShape, functionShapes } from './function-shapes.js';
import { DeployedFunction, rollOut } from './functions.js';
import { decide, type LiveInsightProps, partName } from './options.js';
import type { FunctionName } from './permissions.js';
import { makeSecrets } from './secrets.js';
import { makeStaticFiles } from './static-files.js';
import { makeTables } from './tables.js';

const ROLLUP_EVERY_MINUTES = 5;

/** Tables, functions, a front door, keys, alarms and a dashboard: `new LiveInsight(this, 'Analytics', { sites })`. */
export class LiveInsight extends Construct {
  /** The log. */
  readonly eventsTable: Table;
  /** The numbers. */
  readonly rollupsTable: Table;
  readonly distribution: Distribution;
  /** Where all of it answers, as `https://d111111abcdef8.cloudfront.net`. */
  readonly url: string;

  /** @throws Error that names each option that is wrong */
  constructor(scope: Construct, id: string, props: LiveInsightProps) {
    super(scope, id);
    const deployment = decide(props);
    const tables = makeTables(this, deployment);
    const secrets = makeSecrets(this, deployment);
    const shapes = functionShapes(deployment.ingest);
    const deploy = (name: FunctionName, shape: FunctionShape) =>
      new DeployedFunction(this, name, shape, name, { deployment, tables, secrets });

    const { drain, ...always } = shapes;
    const functions = Object.fromEntries(
      Object.entries(always).map(([name, shape]) => [name, deploy(name as FunctionName, shape)]),
    ) as Record<Exclude<FunctionName, 'drain'>, DeployedFunction>;
    const drainer = drain && deploy('drain', drain);
    if (drainer) makeBuffer(this, { ingest: functions.ingest, drain: drainer }, deployment);

    new Rule(this, 'Schedule', {
      ruleName: partName(deployment, 'rollup'),
      description: 'Has the numbers brought up to date',
      schedule: Schedule.rate(deployment.rollupEvery ?? Duration.minutes(ROLLUP_EVERY_MINUTES)),
      // The next call does what a failed one left.
      targets: [new LambdaTarget(functions.rollup.live, { retryAttempts: 0 })],
    });

    const door = createEntryPoint(this, functions, secrets, deployment);
    this.distribution = makeDistribution(this, door, makeStaticFiles(this, deployment), deployment);
    const alarms = makeAlarms(this, alarmShapes(deployment, shapes, door.api?.apiId), deployment);
    const deployed = [...Object.values(functions), ...(drainer ? [drainer] : [])];
    for (const one of deployed) {
      const errors = alarms.get(`${one.node.id}-errors`);
      rollOut(one, deployment, errors ? [errors] : []);
    }
    makeDashboard(this, { functions: deployed, tables, alarms: [...alarms.values()] }, deployment);

    this.eventsTable = tables.events;
    this.rollupsTable = tables.rollups;
    this.url = `https://${deployment.domain?.names[0] ?? this.distribution.distributionDomainName}`;
    new CfnOutput(this, 'Url', { value: this.url, description: 'Where LiveInsight answers' });
    new CfnOutput(this, 'DistributionDomain', {
      value: this.distribution.distributionDomainName,
      description: 'Where the DNS of your own names must point',
    });
  }
}
