/** What must be true of every deployment, for any names and number of its resources. */
import { readFileSync } from 'node:fs';
import { LiveInsight } from '@liveinsight/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { deployments, type Statement, type Synthesised, statementsOf, synthesise } from './deployments.js';

const runbook = readFileSync(new URL('../../../docs/operations/runbook.md', import.meta.url), 'utf8');
const sections = new Set([...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title));

const ours = ['ingest', 'read', 'rollup', 'admin'];
const made: Record<string, Synthesised> = Object.fromEntries(
  Object.entries(deployments).map(([name, props]) => [name, synthesise(props)]),
);
const named = (name: string): Synthesised => {
  const found = made[name];
  if (!found) throw new Error(`there is no deployment ${name}`);
  return found;
};

const metricNameOf = (query: { MetricStat?: { Metric: { MetricName: string } } }) =>
  query.MetricStat?.Metric.MetricName;

describe.each(Object.keys(deployments))('the deployment %s', (name) => {
  const stack = named(name);
  const functions = name === 'everything' ? [...ours, 'drain'] : ours;
  const environment = name === 'dev' ? 'dev' : 'prod';

  it('has no finding of AwsSolutions that is not explained', () => {
    expect(stack.findings).toEqual([]);
  });

  it('leaves no log behind that would stop the next deployment of its name', () => {
    const logs = stack.of('AWS::Logs::LogGroup');
    expect(logs.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(logs.map(() => 'Delete'));
    if (environment === 'prod') return;
    const kept = stack.resources.filter(
      ([, { Type, DeletionPolicy }]) => DeletionPolicy === 'Retain' && Type !== 'AWS::Lambda::Version',
    );
    expect(kept.map(([id]) => id)).toEqual([]);
  });

  it('allows no * as action, and as resource only where AWS has no narrower one', () => {
    const policies = stack
      .of('AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    for (const { Sid, Action, Resource } of policies) {
      expect([Action].flat().filter((action: string) => action.includes('*'))).toEqual([]);
      const traces = [Action].flat().every((action: string) => action.startsWith('xray:Put'));
      // Files of versions before have names that this version does not know.
      const empties = Sid === 'EmptyBucket' && Action === 's3:DeleteObject';
      // A policy has no room for the name of every file, and nothing else is in the bucket.
      const publishes = Sid === 'PublishFiles' && Action === 's3:PutObject';
      if (!traces && !empties && !publishes) expect(JSON.stringify(Resource)).not.toContain('*');
    }
  });

  it('keeps data encrypted, recoverable to any second, and free of what has expired', () => {
    const tables = stack.of('AWS::DynamoDB::Table');
    expect(tables.map(({ Properties }) => Properties.TableName).sort()).toEqual([
      `liveinsight-${environment}-events`,
      `liveinsight-${environment}-rollups`,
    ]);
    for (const { Properties, DeletionPolicy } of tables) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
        DeletionProtectionEnabled: environment === 'prod',
      });
      expect(DeletionPolicy).toBe(environment === 'prod' ? 'Retain' : 'Delete');
    }
    for (const { Properties } of stack.of('AWS::S3::Bucket')) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
    for (const { Properties } of stack.of('AWS::SQS::Queue')) {
      expect(Properties.SqsManagedSseEnabled ?? Properties.KmsMasterKeyId).toBeTruthy();
    }
  });

  it('runs every function on ARM and the newest Node, with a log that ends', () => {
    const lambdas = stack.of('AWS::Lambda::Function');
    expect(lambdas.map(({ Properties }) => Properties.FunctionName).sort()).toEqual(
      [...functions, 'publish'].map((each) => `liveinsight-${environment}-${each}`).sort(),
    );
    for (const { Properties } of lambdas) {
      expect(Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x' });
      expect(Properties.LoggingConfig.LogGroup).toBeDefined();
    }
    for (const { Properties } of stack.of('AWS::Logs::LogGroup')) {
      expect(Properties.RetentionInDays).toBe(environment === 'prod' ? 30 : 7);
    }
  });

  it('has an alarm on errors, duration and throttles of every function but the one that only deploys', () => {
    const names = stack.of('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName);
    for (const each of functions) {
      for (const what of ['errors', 'duration', 'throttles']) {
        expect(names).toContain(`liveinsight-${environment}-${each}-${what}`);
      }
    }
  });

  it('has alarms that tell somebody, and each names a section of the runbook', () => {
    for (const { Properties } of stack.of('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.OKActions).toHaveLength(1);
      const [, section] = /runbook\.md#(\S+)$/.exec(Properties.AlarmDescription) ?? [];
      expect([...sections]).toContain(section);
    }
  });

  it('has an alarm on each metric of the collector that means something is wrong', () => {
    const watched = stack
      .of('AWS::CloudWatch::Alarm')
      .flatMap(({ Properties }) =>
        Properties.Metrics ? Properties.Metrics.map(metricNameOf) : [Properties.MetricName],
      );
    expect(watched).toEqual(
      expect.arrayContaining([
        'EventsRejected',
        'EventsRetried',
        'LateLandings',
        'OverBudget',
        'ProcessingErrors',
        'RollupDifferences',
        'RollupFailures',
        'RollupLag',
        'UndecodableBatches',
        'WrongKeys',
      ]),
    );
  });

  it('holds no secret in its template', () => {
    for (const { Properties } of stack.of('AWS::SecretsManager::Secret')) {
      expect(Properties.SecretString).toBeUndefined();
      expect(Properties.GenerateSecretString.PasswordLength).toBe(40);
    }
    for (const { Properties } of stack.of('AWS::Lambda::Function')) {
      const variables = Object.keys(Properties.Environment?.Variables ?? {});
      expect(variables.filter((variable) => /SECRET$|KEYS$/.test(variable))).toEqual([]);
    }
    const [distribution] = stack.of('AWS::CloudFront::Distribution');
    const origins = distribution?.Properties.DistributionConfig.Origins;
    for (const { OriginCustomHeaders } of origins.filter(
      (origin: object) => 'OriginCustomHeaders' in origin,
    )) {
      expect(JSON.stringify(OriginCustomHeaders)).toContain('{{resolve:secretsmanager:');
    }
  });

  it('gives its sites to the functions as JSON, in snake_case', () => {
    const texts = stack
      .of('AWS::Lambda::Function')
      .flatMap(({ Properties }) => Properties.Environment?.Variables?.LIVEINSIGHT_SITES ?? []);
    expect(texts.length).toBeGreaterThan(0);
    const site = { id: 'shop', origins: ['https://shop.example'], retention_days: 90 };
    for (const text of texts) expect(JSON.parse(text)).toEqual([site]);
  });

  it('never signs what a browser posts: a beacon could not', () => {
    for (const { Properties } of stack.of('AWS::CloudFront::OriginAccessControl')) {
      expect(Properties.OriginAccessControlConfig.OriginAccessControlOriginType).toBe('s3');
    }
  });

  it('runs a failed roll-up only at its next time: neither the rule nor Lambda repeats it', () => {
    const [rule] = stack.of('AWS::Events::Rule');
    expect(rule?.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts).toBe(0);
    const [config] = stack.of('AWS::Lambda::EventInvokeConfig');
    expect(config?.Properties.MaximumRetryAttempts).toBe(0);
    expect(JSON.stringify(config?.Properties.Qualifier)).toContain('Alias');
  });

  it('rolls up every 5 minutes, by the version that is live', () => {
    const [rule] = stack.of('AWS::Events::Rule');
    expect(rule?.Properties.ScheduleExpression).toBe('rate(5 minutes)');
    expect(JSON.stringify(rule?.Properties.Targets[0].Arn)).toContain('Alias');
  });
});

it('has as many metrics with an alarm as the page on cost reckons with', () => {
  const metrics = named('prod')
    .of('AWS::CloudWatch::Alarm')
    .flatMap(({ Properties }) => Properties.Metrics?.filter(metricNameOf) ?? [Properties.MetricName]);
  const workload = JSON.parse(
    readFileSync(new URL('../../../bench/costs/workload.json', import.meta.url), 'utf8'),
  );
  expect(metrics).toHaveLength(workload.alarm_metrics);
});

describe('permissions', () => {
  const stack = named('prod');
  const may = (name: string, action: string): Statement[] =>
    statementsOf(stack, name).filter((statement) => statement.Action.includes(action));
  const keysOf = (statements: Statement[]) =>
    statements.map(({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
  const tablesOf = (statements: Statement[]) => JSON.stringify(statements.map(({ Resource }) => Resource));

  it('let ingest put batches, links of users and active marks, read back a batch, keep salts, and go by exclusions: nothing else', () => {
    const actions = new Set(statementsOf(stack, 'ingest').flatMap(({ Action }) => Action));
    expect([...actions].filter((action) => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
    expect(keysOf(may('ingest', 'dynamodb:PutItem'))).toEqual([
      ['*#user#*'],
      ['active#*'],
      ['salts'],
      ['*#settings'],
    ]);
    const queries = may('ingest', 'dynamodb:Query');
    expect(tablesOf(queries)).not.toContain('arrivals');
    const ofRollups = queries.filter(({ Resource }) => JSON.stringify(Resource).includes('Rollups'));
    expect(keysOf(ofRollups)).toEqual([['salts'], ['*#settings']]);
  });

  it('let reading, which is open to the world, change nothing', () => {
    const actions = statementsOf(stack, 'read').flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query',
    ]);
  });

  it('let administration touch no salts', () => {
    const changes = new Set([...may('admin', 'dynamodb:PutItem'), ...may('admin', 'dynamodb:DeleteItem')]);
    const ofRollups = [...changes].filter(({ Resource }) => JSON.stringify(Resource).includes('Rollups'));
    expect(ofRollups.length).toBeGreaterThan(0);
    for (const keys of keysOf(ofRollups)) expect(keys).not.toContain('salts');
    expect(keysOf(ofRollups)).not.toContain(undefined);
  });

  it('let administration alone delete, but for salts, and what a rollup has dealt with or replaced', () => {
    expect(may('read', 'dynamodb:DeleteItem')).toEqual([]);
    expect(keysOf(may('ingest', 'dynamodb:DeleteItem'))).toEqual([['salts']]);
    expect(keysOf(may('rollup', 'dynamodb:DeleteItem'))).toEqual([
      ['*#marks', '*#day-pairs', '*#month-pairs', '*#day-columns', '*#hour-columns'],
    ]);
    expect(may('admin', 'dynamodb:DeleteItem')).toHaveLength(2);
  });

  it('let nobody scan, and ingest see no key that opens reads', () => {
    expect(stack.text).not.toContain('dynamodb:Scan');
    expect(tablesOf(may('ingest', 'secretsmanager:GetSecretValue'))).not.toMatch(/ReadKeys|AdminKeys/);
  });

  it('let ingest in front of a queue touch no batch', () => {
    const statements = statementsOf(named('everything'), 'ingest');
    const ofTables = statements.filter(({ Action }) => `${Action}`.includes('dynamodb:'));
    expect(keysOf(ofTables)).toEqual([['salts'], ['*#settings']]);
    expect(statements.flatMap(({ Action }) => Action)).toContain('sqs:SendMessage');
  });
});

describe('the switches', () => {
  it('cap the throughput of tables and index', () => {
    const cap = { MaxReadRequestUnits: 4_000, MaxWriteRequestUnits: 2_000 };
    for (const { Properties } of named('everything').of('AWS::DynamoDB::Table')) {
      expect(Properties.OnDemandThroughput).toEqual(cap);
      for (const index of Properties.GlobalSecondaryIndexes ?? [])
        expect(index.OnDemandThroughput).toEqual(cap);
    }
    expect(named('prod').text).not.toContain('OnDemandThroughput');
  });

  it('buffer spikes in a queue whose failures wait for a person', () => {
    const stack = named('everything');
    const queue = stack.of('AWS::SQS::Queue').find(({ Properties }) => Properties.RedrivePolicy);
    expect(queue?.Properties).toMatchObject({
      QueueName: 'liveinsight-prod-buffer',
      MessageRetentionPeriod: 14 * 86_400,
      VisibilityTimeout: 360,
    });
    const [mapping] = stack.of('AWS::Lambda::EventSourceMapping');
    expect(mapping?.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('roll out to a tenth first and back on an alarm in prod, at once elsewhere', () => {
    const groups = named('prod').of('AWS::CodeDeploy::DeploymentGroup');
    expect(groups).toHaveLength(ours.length);
    for (const { Properties } of groups) {
      expect(Properties.DeploymentConfigName).toMatch(/Canary10Percent5Minutes/);
      expect(Properties.AlarmConfiguration.Enabled).toBe(true);
      expect(Properties.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
    }
    expect(named('dev').of('AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
  });

  it('keep the versions of earlier releases, and give all functions one release, for a rollback', () => {
    for (const stack of [named('prod'), named('everything'), named('dev')]) {
      const versions = stack.of('AWS::Lambda::Version');
      expect(versions.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(versions.map(() => 'Retain'));
      const releases = stack
        .of('AWS::Lambda::Function')
        .filter(({ Properties }) => Properties.Environment)
        .map(({ Properties }) => Properties.Environment.Variables.RELEASE);
      expect(new Set(releases).size).toBe(1);
      expect(releases[0]).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/);
    }
    const groups = named('prod').of('AWS::CodeDeploy::DeploymentGroup');
    expect(groups.map(({ Properties }) => Properties.DeploymentGroupName).sort()).toEqual([...ours].sort());
    const [application] = named('prod').of('AWS::CodeDeploy::Application');
    expect(application?.Properties.ApplicationName).toBe('liveinsight-prod');
  });

  it('log requests without addresses and user agents', () => {
    const [stage] = named('everything').of('AWS::ApiGatewayV2::Stage');
    expect(stage?.Properties.AccessLogSettings.Format).not.toMatch(/ip|agent/i);
  });
});

describe('bad options', () => {
  const make = (props: object, region = 'us-east-1') =>
    new LiveInsight(new Stack(new App(), 'Stack', { env: { region } }), 'LiveInsight', {
      sites: [{ id: 'shop' }],
      ...props,
    });

  it.each([
    ['environment must be 1 to 16 of a-z, 0-9 and -', { environment: 'Production!' }],
    ['sites must list at least one site', { sites: [] }],
    [
      'sites must have at most 3000 bytes',
      { sites: Array.from({ length: 300 }, (_, at) => ({ id: `s${at}` })) },
    ],
    ['frontDoor was renamed to entryPoint', { frontDoor: 'http-api' }],
    ['defaultSite must be one of the sites', { defaultSite: 'other' }],
    ['sites[0].id must be 1 to 64', { sites: [{ id: 'Shop!' }] }],
  ])('are refused: %s', (says, props) => {
    expect(() => make(props)).toThrow(says);
  });

  it('are refused: a firewall outside us-east-1', () => {
    expect(() => make({ firewall: {} }, 'eu-central-1')).toThrow('us-east-1');
  });
});
