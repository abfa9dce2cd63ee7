/** The construct: LiveInsight on AWS. */
import { entryPointProblems } from '@liveinsight/collector/config';
import { CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { createAlarms } from './alarms.js';
import { createBuffer } from './buffer.js';
import { createDashboard } from './dashboard.js';
import { DeployedFunction, rollOut } from './deployed-function.js';
import { createDistribution } from './distribution.js';
import { type FunctionSpec, functionSpecs } from './function-specs.js';
import { createEntryPoint } from './http-entry.js';
import { type Deployment, type LiveInsightProps, resolveProps, resourceName } from './options.js';
import type { FunctionName } from './permissions.js';
import { nameRelease } from './release.js';
import { createSecrets } from './secrets.js';
import { createStaticFiles } from './static-files.js';
import { createTables } from './tables.js';
import { watchedAlarms } from './watched-alarms.js';

const ROLLUP_EVERY_MINUTES = { full: 5, lean: 15 };

/** Tables, functions, an entry point, keys, alarms and a dashboard: `new LiveInsight(this, 'Analytics', { sites })`. */
export class LiveInsight extends Construct {
  /** The event log. */
  readonly eventsTable: Table;
  /** The roll-ups. */
  readonly rollupsTable: Table;
  readonly distribution: Distribution;
  /** The URL of the deployment, for example `https://d111111abcdef8.cloudfront.net`. */
  readonly url: string;

  /** @throws Error that names each invalid option */
  constructor(scope: Construct, id: string, props: LiveInsightProps) {
    super(scope, id);
    const deployment = resolveProps(props);
    requireEntryPoint(this, deployment);
    const tables = createTables(this, deployment);
    const secrets = createSecrets(this, deployment);
    const specs = functionSpecs(deployment.ingest);
    const release = nameRelease(deployment, specs);
    const deploy = (name: FunctionName, spec: FunctionSpec) =>
      new DeployedFunction(this, name, spec, name, { deployment, release, tables, secrets });

    const { drain, ...always } = specs;
    const functions = Object.fromEntries(
      Object.entries(always).map(([name, spec]) => [name, deploy(name as FunctionName, spec)]),
    ) as Record<Exclude<FunctionName, 'drain'>, DeployedFunction>;
    const drainer = drain && deploy('drain', drain);
    if (drainer) createBuffer(this, { ingest: functions.ingest, drain: drainer }, deployment);

    new Rule(this, 'Schedule', {
      ruleName: resourceName(deployment, 'rollup'),
      description: 'Runs the roll-ups',
      schedule: Schedule.rate(
        deployment.rollupEvery ?? Duration.minutes(ROLLUP_EVERY_MINUTES[deployment.monitoring]),
      ),
      targets: [new LambdaTarget(functions.rollup.live, { retryAttempts: 0 })],
    });
    // The next call continues after a failed one. EventBridge's attempts are those of the delivery; Lambda has its own.
    functions.rollup.live.configureAsyncInvoke({ retryAttempts: 0 });

    const entryPoint = createEntryPoint(this, functions, secrets, deployment);
    this.distribution = createDistribution(this, entryPoint, createStaticFiles(this, deployment), deployment);
    const alarms = createAlarms(this, watchedAlarms(deployment, specs, entryPoint.api?.apiId), deployment);
    const deployed = [...Object.values(functions), ...(drainer ? [drainer] : [])];
    if (deployment.rollout === 'canary') {
      const applicationName = `liveinsight-${deployment.environment}`;
      const application = new LambdaApplication(this, 'Rollouts', { applicationName });
      for (const one of deployed) {
        const errors = alarms.get(`${one.node.id}-errors`);
        rollOut(one, application, errors ? [errors] : []);
      }
    }
    if (deployment.monitoring === 'full') {
      createDashboard(this, { functions: deployed, tables, alarms: [...alarms.values()] }, deployment);
    }

    this.eventsTable = tables.events;
    this.rollupsTable = tables.rollups;
    this.url = `https://${deployment.domain?.names[0] ?? this.distribution.distributionDomainName}`;
    new CfnOutput(this, 'Url', { value: this.url, description: 'URL of LiveInsight' });
    new CfnOutput(this, 'DistributionDomain', {
      value: this.distribution.distributionDomainName,
      description: 'Target for the DNS records of your own domain',
    });
  }
}

/** An environment-agnostic stack learns its region when it is deployed. */
function requireEntryPoint(scope: Construct, { entryPoint }: Deployment): void {
  const { region } = Stack.of(scope);
  const problems = Token.isUnresolved(region) ? [] : entryPointProblems(region, entryPoint);
  if (problems.length > 0) throw new Error(`LiveInsight: ${problems.join('; ')}`);
}
