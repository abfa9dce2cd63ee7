/** Names of resources: a deployment can be deleted and made again, and its options changed there and back. */
import { describe, expect, it } from 'vitest';
import { type Resource, type Synthesised, synthesise, variants } from './deployments.js';

/** Of each type with a name that AWS has once, the property that holds it. */
const NAMES: Record<string, string> = {
  'AWS::ApiGatewayV2::Api': '',
  'AWS::CloudFront::CachePolicy': 'CachePolicyConfig.Name',
  'AWS::CloudFront::Function': 'Name',
  'AWS::CloudFront::OriginAccessControl': 'OriginAccessControlConfig.Name',
  'AWS::CloudFront::OriginRequestPolicy': 'OriginRequestPolicyConfig.Name',
  'AWS::CloudFront::ResponseHeadersPolicy': 'ResponseHeadersPolicyConfig.Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
};
/** Kept with their data, and taken over by `liveinsight deploy`, or by `cdk import`. */
const ADOPTED = ['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'];

const made: Record<string, Synthesised> = Object.fromEntries(
  Object.entries(variants).map(([name, props]) => [name, synthesise(props, undefined, false)]),
);

function fixedName({ Type, Properties }: Resource): string | undefined {
  const path = NAMES[Type];
  if (!path) return undefined;
  const value = path.split('.').reduce<unknown>((part, key) => Object(part)[key], Properties);
  return typeof value === 'string' ? `${Type} ${value}` : undefined;
}

const namesOf = ({ resources }: Synthesised) =>
  new Map(
    resources.flatMap(([id, resource]) => {
      const name = fixedName(resource);
      return name ? [[name, id] as const] : [];
    }),
  );

describe.each(Object.entries(made))('the deployment %s', (name, stack) => {
  const props = variants[name];
  const keepsData = props?.keepData ?? props?.environment === 'prod';
  const retained = stack.resources.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

  it('leaves nothing behind whose name would stop the next one, but what that takes over', () => {
    const blocking = retained.filter(
      ([, resource]) => fixedName(resource) && !ADOPTED.includes(resource.Type),
    );
    expect(blocking.map(([id]) => id)).toEqual([]);
    const data = retained.filter(([, { Type }]) => ADOPTED.includes(Type));
    expect(data).toHaveLength(keepsData ? 6 : 0);
  });

  it('retains nothing else but versions, which go with their function', () => {
    const others = retained.filter(([, { Type }]) => !ADOPTED.includes(Type));
    expect(new Set(others.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::Lambda::Version']));
  });
});

it('a change of any option keeps each name at its resource: a second one could not be created beside it', () => {
  for (const environment of ['dev', 'prod']) {
    const ids = new Map<string, Set<string>>();
    for (const [name, stack] of Object.entries(made)) {
      if (!name.startsWith(environment)) continue;
      for (const [taken, id] of namesOf(stack)) ids.set(taken, new Set([...(ids.get(taken) ?? []), id]));
    }
    expect([...ids].filter(([, resources]) => resources.size > 1)).toEqual([]);
    expect(ids.size).toBeGreaterThan(50);
  }
});

it('knows of every type in the templates whether it has a name', () => {
  const types = new Set(
    Object.values(made).flatMap(({ resources }) => resources.map(([, { Type }]) => Type)),
  );
  const unnamed = [
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::CloudFront::Distribution',
    'AWS::CodeDeploy::DeploymentGroup',
    'AWS::IAM::Policy',
    'AWS::Lambda::Alias',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Permission',
    'AWS::Lambda::Url',
    'AWS::Lambda::Version',
    'AWS::S3::BucketPolicy',
    'AWS::SQS::QueuePolicy',
    'Custom::LiveInsightFiles',
  ];
  expect([...types].filter((type) => !(type in NAMES) && !unnamed.includes(type))).toEqual([]);
});
