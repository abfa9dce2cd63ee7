/** The functions: each with a role of its own, a log of its own, and an alias that versions take over. */
import { siteToJson } from '@liveinsight/collector/config';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  type LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundlesFolder } from './bundles.js';
import { type FunctionSpec, SECRET_VARIABLES } from './function-specs.js';
import { type Deployment, resourceName } from './options.js';
import { type FunctionName, getPermissions, type Target } from './permissions.js';
import type { Secrets } from './secrets.js';
import { ARRIVALS, type Tables } from './tables.js';

export interface Parts {
  deployment: Deployment;
  /** The name of what is deployed, the same for all functions: a rollback finds versions that belong together by it. */
  release: string;
  tables: Tables;
  secrets: Secrets;
}

/** What of a deployment runs: versions take over its alias `live`. */
export class DeployedFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: Alias;

  constructor(
    scope: Construct,
    id: string,
    readonly spec: FunctionSpec,
    name: FunctionName,
    { deployment, release, tables, secrets }: Parts,
  ) {
    super(scope, id);
    const functionName = resourceName(deployment, name);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: deployment.logDays as RetentionDays,
      // A log that stays would stop the next deployment of the same name.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const resources: Record<Target, string> = {
      events: tables.events.tableArn,
      arrivals: `${tables.events.tableArn}/index/${ARRIVALS}`,
      rollups: tables.rollups.tableArn,
    };
    for (const { sid, actions, on, keys } of getPermissions(name, deployment.ingest)) {
      role.addToPolicy(
        new PolicyStatement({
          sid,
          effect: Effect.ALLOW,
          actions,
          resources: on.map((target) => resources[target]),
          ...(keys ? { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } } } : {}),
        }),
      );
    }
    if (deployment.encryptionKey) {
      role.addToPolicy(
        new PolicyStatement({
          sid: 'UseKey',
          effect: Effect.ALLOW,
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
          resources: [deployment.encryptionKey.keyArn],
        }),
      );
    }
    if (spec.secrets.length > 0) {
      role.addToPolicy(
        new PolicyStatement({
          sid: 'ReadSecrets',
          effect: Effect.ALLOW,
          actions: ['secretsmanager:GetSecretValue'],
          resources: spec.secrets.map((secret) => secrets[secret].secretArn),
        }),
      );
    }

    const reserved = name === 'rollup' ? undefined : deployment.reservedConcurrency?.[name];
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      role,
      logGroup,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundlesFolder),
      handler: spec.handler,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutS),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      tracing: deployment.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own three lines per call would cost as much as the call.
      systemLogLevelV2: SystemLogLevel.WARN,
      // A rollback needs the versions of earlier releases, which the CDK would delete.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      environment: {
        RELEASE: release,
        ENVIRONMENT: deployment.environment,
        EVENTS_TABLE: tables.events.tableName,
        ROLLUPS_TABLE: tables.rollups.tableName,
        LIVEINSIGHT_SITES: JSON.stringify(deployment.sites.map(siteToJson)),
        ...(deployment.defaultSite ? { LIVEINSIGHT_DEFAULT_SITE: deployment.defaultSite } : {}),
        ...Object.fromEntries(
          spec.secrets.map((secret) => [SECRET_VARIABLES[secret], secrets[secret].secretArn]),
        ),
      },
    });
    this.live = this.function.addAlias('live');
    if (deployment.tracing) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray actions that send traces do not support resource-level permissions',
      });
    }
  }
}

/** New versions take over in steps, and give way again when an alarm goes off meanwhile. */
export function rollOut(
  deployed: DeployedFunction,
  application: LambdaApplication,
  alarms: LambdaAlarms,
): void {
  const group = new LambdaDeploymentGroup(deployed, 'Rollout', {
    application,
    // The CLI stops a canary by these names.
    deploymentGroupName: deployed.node.id,
    alias: deployed.live,
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms,
  });
  Validations.of(group).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]`,
    reason: 'the narrowest managed policy that AWS offers for CodeDeploy',
  });
}

type LambdaAlarms = NonNullable<ConstructorParameters<typeof LambdaDeploymentGroup>[2]['alarms']>;
