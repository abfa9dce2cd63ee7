/** The tracker script and the dashboard in a bucket that only CloudFront reads. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files as dashboardFiles } from '@liveinsight/dashboard/files';
import { scripts } from '@liveinsight/tracker/script';
import { CustomResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bundlesFolder } from './bundles.js';
import { type Deployment, resourceName } from './options.js';

const PROGRAM = join(bundlesFolder, 'publish-files.mjs');

interface StaticFile {
  key: string;
  body: string | Uint8Array;
  content_type: string;
  cache_control: string;
}

export function createStaticFiles(scope: Construct, deployment: Deployment): Bucket {
  const bucket = new Bucket(scope, 'Files', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'it only contains public files, and access logs would store the IP addresses of visitors',
  });
  publish(scope, bucket, listFiles(deployment), deployment);
  return bucket;
}

/** A name that says its version never changes what it stands for: pages may pin it by its hash. */
const isVersioned = (key: string) =>
  /\.\d+\.\d+\.\d/.test(key.slice(key.lastIndexOf('/') + 1)) && key.endsWith('.js');

/** With the caching that the collector serves them with. Files of versions before stay for the pages that pin them. */
function listFiles({
  assets: { tracker = scripts, dashboard = dashboardFiles } = {},
}: Deployment): StaticFile[] {
  return [
    ...Object.entries(typeof tracker === 'string' ? { 'liveinsight.js': tracker } : tracker).map(
      ([key, body]) => ({
        key,
        body,
        content_type: 'text/javascript; charset=utf-8',
        cache_control: isVersioned(key)
          ? 'public, max-age=31536000, immutable'
          : 'public, max-age=3600, stale-while-revalidate=86400',
      }),
    ),
    ...Object.entries(dashboard).map(([path, { body, contentType }]) => ({
      key: `dashboard/${path.replace(/^\//, '')}`,
      body,
      content_type: contentType,
      cache_control: 'no-cache',
    })),
  ];
}

/** A function of ours rather than the CDK's own, which may do far more in the account than put these files here. */
function publish(scope: Construct, bucket: Bucket, files: StaticFile[], deployment: Deployment): void {
  const functionName = resourceName(deployment, 'publish');
  const logGroup = new LogGroup(scope, 'PublishLog', {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: deployment.logDays as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, 'PublishRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  role.addToPolicy(
    new PolicyStatement({
      sid: 'PublishFiles',
      effect: Effect.ALLOW,
      actions: ['s3:PutObject'],
      // Nothing else is in the bucket, and a policy has no room for the name of every file.
      resources: [bucket.arnForObjects('*')],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'ListBucket',
      effect: Effect.ALLOW,
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      sid: 'EmptyBucket',
      effect: Effect.ALLOW,
      actions: ['s3:DeleteObject'],
      resources: [bucket.arnForObjects('*')],
    }),
  );
  const id = Stack.of(scope).getLogicalId(bucket.node.defaultChild as CfnBucket);
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${id}.Arn>/*]`,
    reason:
      'the bucket contains only the published files; deleting the stack requires emptying it, with files of earlier versions whose names are unknown',
  });
  const code = new LambdaFunction(scope, 'Publish', {
    functionName,
    role,
    logGroup,
    description: 'Uploads the tracker and the dashboard during a deployment',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(writeFolder(files)),
    handler: 'publish-files.handler',
    memorySize: 256,
    timeout: Duration.seconds(60),
  });
  const published = new CustomResource(scope, 'PublishedFiles', {
    serviceToken: code.functionArn,
    resourceType: 'Custom::LiveInsightFiles',
    properties: { Bucket: bucket.bucketName, Content: hashFiles(files) },
  });
  // Its permissions must be there before it runs, and until it has taken the files out.
  published.node.addDependency(role);
}

/** The function's code, with the files beside it. */
function writeFolder(files: StaticFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'liveinsight-files-'));
  copyFileSync(PROGRAM, join(folder, 'publish-files.mjs'));
  for (const { key, body } of files) {
    mkdirSync(dirname(join(folder, 'files', key)), { recursive: true });
    writeFileSync(join(folder, 'files', key), body);
  }
  writeFileSync(join(folder, 'files.json'), JSON.stringify(files.map(({ body: _, ...file }) => file)));
  return folder;
}

/** Changes when a file does, so that CloudFormation has them put again. */
function hashFiles(files: StaticFile[]): string {
  const hash = createHash('sha256').update(readFileSync(PROGRAM));
  for (const file of files) hash.update(JSON.stringify({ ...file, body: undefined })).update(file.body);
  return hash.digest('hex').slice(0, 16);
}
