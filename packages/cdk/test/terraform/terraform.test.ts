/** The Terraform module makes what the construct makes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { deployments, type Synthesised, statementsOf, synthesise } from '../deployments.js';
import { type Hcl, type Module, readModule } from './module.js';

interface AlarmFacts {
  description: string;
  section: string;
  metrics: Record<string, { namespace: string; name: string; dimensions: object; statistic: string }>;
  expression: string | null;
  threshold: number;
  period_s: number;
  periods: number;
  missing: string;
}

const API = '<the API>';
const isReference = (value: unknown) => typeof value === 'object';

/** What CloudFormation calls it, in the module's words. */
function alarmFacts(Properties: Hcl): [string, AlarmFacts] {
  const [, description = '', section = ''] =
    /^(.+) Runbook: .+#(\S+)$/.exec(Properties.AlarmDescription) ?? [];
  const queries: Hcl[] = Properties.Metrics ?? [
    { Id: 'm', MetricStat: { Metric: Properties, Stat: Properties.Statistic, Period: Properties.Period } },
  ];
  const stats = queries.filter(({ MetricStat }) => MetricStat);
  const metric = ({ MetricStat: { Metric, Stat } }: Hcl) => ({
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: Object.fromEntries(
      Metric.Dimensions.map(({ Name, Value }: Hcl) => [Name, isReference(Value) ? API : Value]),
    ),
    statistic: Stat,
  });
  const facts = {
    description,
    section,
    metrics: Object.fromEntries(stats.map((query) => [query.Id, metric(query)])),
    expression: queries.find(({ Expression }) => Expression)?.Expression ?? null,
    threshold: Properties.Threshold,
    period_s: stats[0]?.MetricStat.Period,
    periods: Properties.EvaluationPeriods,
    missing: Properties.TreatMissingData,
  };
  return [Properties.AlarmName.replace('liveinsight-prod-', ''), facts];
}

/** What the construct makes besides, and why the module does not. */
const ONLY_IN_THE_CONSTRUCT: Record<string, string> = {
  'AWS::CodeDeploy::Application': 'a canary is driven by CloudFormation, which waits for it in each update',
  'AWS::CodeDeploy::DeploymentGroup': 'the same: Terraform would point the alias back at its next plan',
};
/** What the module makes besides, and why. */
const ONLY_IN_THE_MODULE: Record<string, string> = {
  aws_cloudwatch_event_target: "a part of CloudFormation's rule",
  aws_s3_bucket_public_access_block: "a part of CloudFormation's bucket",
  aws_s3_bucket_server_side_encryption_configuration: "a part of CloudFormation's bucket",
  aws_secretsmanager_secret_version: 'CloudFormation makes the first value with the secret',
  terraform_data: 'stops a destroy that would take data; CloudFormation has DeletionPolicy',
};

const cases = [
  { name: 'prod', ingest: 'direct', door: 'function_url_alarms' },
  { name: 'everything', ingest: 'buffered', door: 'http_api_alarms' },
] as const;

describe.each(cases)('as $name', ({ name, ingest, door }) => {
  let module: Module;
  let stack: Synthesised;
  const buffered = ingest === 'buffered';

  beforeAll(async () => {
    module = await readModule({
      '${local.prefix}': 'liveinsight-prod',
      '${var.environment}': 'prod',
      '${local.taken}': buffered ? 'EventsBuffered' : 'EventsProcessed',
      '${one(aws_apigatewayv2_api.this[*].id)}': API,
      '${local.buffered ? "buffered-ingest.handler" : "ingest.handler"}': buffered
        ? 'buffered-ingest.handler'
        : 'ingest.handler',
    });
    stack = synthesise(deployments[name] ?? { sites: [] });
  });

  const functions = (): Record<string, Hcl> => {
    const { drain, ...direct } = module.locals.all_functions;
    return buffered ? { ...direct, drain } : direct;
  };

  it('the same alarms', () => {
    const declared = {
      ...module.locals.common_alarms,
      ...module.locals[door],
      ...(buffered ? module.locals.buffer_alarms : {}),
    };
    const made = stack.of('AWS::CloudWatch::Alarm').map(({ Properties }) => alarmFacts(Properties));
    expect(declared).toEqual(Object.fromEntries(made));
  });

  it('the same alarms, and no dashboard, with lean monitoring', () => {
    const lean = synthesise(
      { ...(deployments[name] ?? { sites: [] }), monitoring: 'lean' },
      undefined,
      false,
    );
    const declared = Object.keys({
      ...module.locals.common_alarms,
      ...module.locals[door],
      ...(buffered ? module.locals.buffer_alarms : {}),
    }).filter((id) => module.locals.lean_alarms.includes(id) || id.endsWith('-errors'));
    const made = lean
      .of('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties.AlarmName.replace('liveinsight-prod-', ''));
    expect(declared.sort()).toEqual(made.sort());
    expect(lean.of('AWS::CloudWatch::Dashboard')).toEqual([]);
    expect(module.resources.aws_cloudwatch_dashboard?.operations?.[0].count).toBe(`\${local.lean ? 0 : 1}`);
  });

  it('the same functions', () => {
    const [settings] = module.resources.aws_lambda_function?.this ?? [];
    const declared = Object.entries(functions()).map(([each, { handler, memory_mb, timeout_s }]) => ({
      FunctionName: `liveinsight-prod-${each}`,
      Handler: handler,
      MemorySize: memory_mb,
      Timeout: timeout_s,
      Runtime: settings.runtime,
      Architectures: settings.architectures,
      LogFormat: settings.logging_config[0].log_format,
      SystemLogLevel: settings.logging_config[0].system_log_level,
    }));
    const made = stack.of('AWS::Lambda::Function').map(({ Properties }) => ({
      FunctionName: Properties.FunctionName,
      Handler: Properties.Handler,
      MemorySize: Properties.MemorySize,
      Timeout: Properties.Timeout,
      Runtime: Properties.Runtime,
      Architectures: Properties.Architectures,
      LogFormat: Properties.LoggingConfig.LogFormat,
      SystemLogLevel: Properties.LoggingConfig.SystemLogLevel,
    }));
    const lasting = made.filter(({ FunctionName }) => FunctionName !== 'liveinsight-prod-publish');
    expect(declared.sort(byName)).toEqual(lasting.sort(byName));
  });

  it('the same permissions on tables, and secrets', () => {
    for (const [each, { secrets }] of Object.entries(functions())) {
      const inFront = buffered && each === 'ingest';
      const declared = module.locals.permissions[each]
        .filter(({ sid }: Hcl) => !inFront || ['KeepSalts', 'ReadExclusions'].includes(sid))
        .map(({ sid, actions, keys }: Hcl) => ({ sid, actions, keys }));
      const statements = statementsOf(stack, each);
      const made = statements
        .filter(({ Action }) => Action.every((action) => action.startsWith('dynamodb:')))
        .map(({ Sid, Action, Condition }) => ({
          sid: Sid,
          actions: Action,
          keys: Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [],
        }));
      expect(declared).toEqual(made);
      const readable = statements.filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'));
      expect(readable.flatMap(({ Resource }) => Resource)).toHaveLength(secrets.length);
    }
  });

  it('the same targets of permissions', () => {
    const ids = { events: 'Events', arrivals: '/index/arrivals', rollups: 'Rollups' };
    for (const each of Object.keys(functions())) {
      for (const { Sid, Resource, Action } of statementsOf(stack, each)) {
        if (!Action.every((action) => action.startsWith('dynamodb:'))) continue;
        const declared = module.locals.permissions[each].find(({ sid }: Hcl) => sid === Sid)
          .on as (keyof typeof ids)[];
        expect(Resource).toHaveLength(declared.length);
        for (const [at, target] of declared.entries())
          expect(JSON.stringify(Resource[at])).toContain(ids[target]);
      }
    }
  });

  it('the same tables', () => {
    const declared = Object.values(module.resources.aws_dynamodb_table ?? {}).map(([table]) => ({
      name: table.name,
      billing: table.billing_mode,
      keys: [table.hash_key, table.range_key],
      attributes: table.attribute.map((attribute: Hcl) => `${attribute.name} ${attribute.type}`).sort(),
      indexes: (table.global_secondary_index ?? []).map((index: Hcl) => [
        index.name,
        index.hash_key,
        index.range_key,
        index.projection_type,
      ]),
      ttl: table.ttl[0].attribute_name,
      recovery: table.point_in_time_recovery[0].enabled,
      encrypted: table.server_side_encryption[0].enabled,
    }));
    const keys = (schema: Hcl[]) => schema.map(({ AttributeName }) => AttributeName);
    const made = stack.of('AWS::DynamoDB::Table').map(({ Properties }) => ({
      name: Properties.TableName,
      billing: Properties.BillingMode,
      keys: keys(Properties.KeySchema),
      attributes: Properties.AttributeDefinitions.map(
        ({ AttributeName, AttributeType }: Hcl) => `${AttributeName} ${AttributeType}`,
      ).sort(),
      indexes: (Properties.GlobalSecondaryIndexes ?? []).map((index: Hcl) => [
        index.IndexName,
        ...keys(index.KeySchema),
        index.Projection.ProjectionType,
      ]),
      ttl: Properties.TimeToLiveSpecification.AttributeName,
      recovery: Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
      encrypted: Properties.SSESpecification.SSEEnabled,
    }));
    expect(declared).toEqual(made);
  });

  it('the same secrets', () => {
    const declared = Object.entries(module.locals.secrets).map(([each, words]) => [
      `liveinsight/prod/${each}`,
      words,
    ]);
    const made = stack
      .of('AWS::SecretsManager::Secret')
      .map(({ Properties }) => [Properties.Name, Properties.Description]);
    expect(declared.sort()).toEqual(made.sort());
  });

  it('the same ways through CloudFront', () => {
    const [distribution] = stack.of('AWS::CloudFront::Distribution');
    const patterns = distribution?.Properties.DistributionConfig.CacheBehaviors.map(
      ({ PathPattern }: Hcl) => PathPattern,
    );
    const declared = Object.keys(module.locals.api_routes).flatMap((route) => [`/api${route}*`, `${route}*`]);
    expect([...declared, '/liveinsight*.js', '/dashboard', '/dashboard/*'].sort()).toEqual(patterns.sort());
    for (const { PathPattern, TargetOriginId } of distribution?.Properties.DistributionConfig
      .CacheBehaviors ?? []) {
      const served = module.locals.api_routes[PathPattern.replace(/^\/api|\*$/g, '')];
      if (served && !buffered) expect(TargetOriginId).toBe(served);
    }
    const edge = stack.of('AWS::CloudFront::Function').map(({ Properties }) => Properties.FunctionCode);
    for (const [{ code }] of Object.values(module.resources.aws_cloudfront_function ?? {})) {
      const known = edge.map(squeezed);
      if (!(buffered && code.includes('selectRequestOriginById'))) expect(known).toContain(squeezed(code));
    }
    const [forwarded] = stack.of('AWS::CloudFront::OriginRequestPolicy');
    expect(forwarded?.Properties.OriginRequestPolicyConfig.HeadersConfig.Headers).toEqual(
      module.locals.forwarded,
    );
    expect(stack.text).toContain(module.locals.dashboard_policy);
  });

  if (buffered) {
    it('the same buffer', () => {
      const [queue] = module.resources.aws_sqs_queue?.buffer ?? [];
      const made = stack.of('AWS::SQS::Queue').find(({ Properties }) => Properties.RedrivePolicy)?.Properties;
      expect(queue.redrive_policy).toContain(`maxReceiveCount     = ${made?.RedrivePolicy.maxReceiveCount}`);
      expect([queue.message_retention_seconds, queue.visibility_timeout_seconds]).toEqual([
        made?.MessageRetentionPeriod,
        made?.VisibilityTimeout,
      ]);
      const [drain] = module.resources.aws_lambda_event_source_mapping?.drain ?? [];
      const mapping = stack.of('AWS::Lambda::EventSourceMapping')[0]?.Properties;
      expect([
        drain.batch_size,
        drain.maximum_batching_window_in_seconds,
        drain.function_response_types,
      ]).toEqual([
        mapping?.BatchSize,
        mapping?.MaximumBatchingWindowInSeconds,
        mapping?.FunctionResponseTypes,
      ]);
      expect(drain.scaling_config[0].maximum_concurrency).toBe(mapping?.ScalingConfig.MaximumConcurrency);
    });
  }

  it('something for every type of resource, but what the module says it does otherwise', () => {
    const same: Record<string, string> = {
      'AWS::ApiGatewayV2::Api': 'aws_apigatewayv2_api',
      'AWS::ApiGatewayV2::Integration': 'aws_apigatewayv2_integration',
      'AWS::ApiGatewayV2::Route': 'aws_apigatewayv2_route',
      'AWS::ApiGatewayV2::Stage': 'aws_apigatewayv2_stage',
      'AWS::CloudFront::CachePolicy': 'aws_cloudfront_cache_policy',
      'AWS::CloudFront::Distribution': 'aws_cloudfront_distribution',
      'AWS::CloudFront::Function': 'aws_cloudfront_function',
      'AWS::CloudFront::OriginAccessControl': 'aws_cloudfront_origin_access_control',
      'AWS::CloudFront::OriginRequestPolicy': 'aws_cloudfront_origin_request_policy',
      'AWS::CloudFront::ResponseHeadersPolicy': 'aws_cloudfront_response_headers_policy',
      'AWS::CloudWatch::Alarm': 'aws_cloudwatch_metric_alarm',
      'AWS::CloudWatch::Dashboard': 'aws_cloudwatch_dashboard',
      'AWS::DynamoDB::Table': 'aws_dynamodb_table',
      'AWS::Events::Rule': 'aws_cloudwatch_event_rule',
      'AWS::IAM::Policy': 'aws_iam_role_policy',
      'AWS::IAM::Role': 'aws_iam_role',
      'AWS::Lambda::Alias': 'aws_lambda_alias',
      'AWS::Lambda::EventSourceMapping': 'aws_lambda_event_source_mapping',
      'AWS::Lambda::EventInvokeConfig': 'aws_lambda_function_event_invoke_config',
      'AWS::Lambda::Function': 'aws_lambda_function',
      'AWS::Lambda::Permission': 'aws_lambda_permission',
      'AWS::Lambda::Url': 'aws_lambda_function_url',
      // A version is made by `publish = true`.
      'AWS::Lambda::Version': 'aws_lambda_function',
      'AWS::Logs::LogGroup': 'aws_cloudwatch_log_group',
      'AWS::S3::Bucket': 'aws_s3_bucket',
      'AWS::S3::BucketPolicy': 'aws_s3_bucket_policy',
      'AWS::SQS::Queue': 'aws_sqs_queue',
      'AWS::SQS::QueuePolicy': 'aws_sqs_queue_policy',
      'AWS::SecretsManager::Secret': 'aws_secretsmanager_secret',
      'AWS::WAFv2::WebACL': 'aws_wafv2_web_acl',
      'Custom::LiveInsightFiles': 'aws_s3_object',
    };
    const types = new Set(stack.resources.map(([, { Type }]) => Type));
    const missing = [...types].filter((type) => !module.resources[same[type] ?? '']);
    expect(missing.sort()).toEqual(Object.keys(ONLY_IN_THE_CONSTRUCT).sort());
    const added = Object.keys(module.resources).filter((type) => !Object.values(same).includes(type));
    expect(added.sort()).toEqual(Object.keys(ONLY_IN_THE_MODULE).sort());
  });

  it('the same retention of logs', () => {
    const declared = Object.values(module.resources.aws_cloudwatch_log_group ?? {}).map(
      ([group]) => group.retention_in_days,
    );
    expect(new Set(declared)).toEqual(new Set([`\${local.log_days}`]));
    const [, ofProd, ofOthers] = /is_prod \? (\d+) : (\d+)/.exec(module.locals.log_days) ?? [];
    const retention = (made: Synthesised) =>
      new Set(made.of('AWS::Logs::LogGroup').map(({ Properties }) => Properties.RetentionInDays));
    expect(retention(stack)).toEqual(new Set([Number(ofProd)]));
    if (name !== 'prod') return;
    const dev = synthesise(deployments.dev ?? { sites: [] }, undefined, false);
    expect(retention(dev)).toEqual(new Set([Number(ofOthers)]));
  });

  it('the same schedule, repeated by nobody', () => {
    const [rule] = stack.of('AWS::Events::Rule');
    const [target] = module.resources.aws_cloudwatch_event_target?.rollup ?? [];
    expect(target.retry_policy[0].maximum_retry_attempts).toBe(
      rule?.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts,
    );
    const [invoked] = module.resources.aws_lambda_function_event_invoke_config?.rollup ?? [];
    const [config] = stack.of('AWS::Lambda::EventInvokeConfig');
    expect(invoked.maximum_retry_attempts).toBe(config?.Properties.MaximumRetryAttempts);
  });

  it('the same principal for every role', () => {
    const [[role] = []] = Object.values(module.resources.aws_iam_role ?? {});
    const principals = stack
      .of('AWS::IAM::Role')
      .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
      .map(({ Principal }) => Principal.Service)
      .filter((service) => service !== 'codedeploy.amazonaws.com');
    for (const service of new Set(principals)) expect(role.assume_role_policy).toContain(service);
  });
});

/** Code without its indentation; HCL's parser leaves the marks of a heredoc. */
function squeezed(code: string): string {
  return code
    .replace(/^<<-?EOT\n|EOT\n?$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function byName(a: { FunctionName: string }, b: { FunctionName: string }): number {
  return a.FunctionName < b.FunctionName ? -1 : 1;
}
