/** The CDK app of `liveinsight.config.json`: what `liveinsight deploy` runs. */
import { readFileSync } from 'node:fs';
import { type SiteJson, siteFromJson } from '@liveinsight/collector/config';
import { App, Stack, Tags } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LiveInsight } from './live-insight.js';
import type { LiveInsightProps } from './options.js';

const { LIVEINSIGHT_ENVIRONMENT: environment = 'dev', LIVEINSIGHT_CONFIG = 'liveinsight.config.json' } =
  process.env;

interface Config extends Omit<LiveInsightProps, 'sites' | 'environment' | 'alarmTopic'> {
  sites: SiteJson[];
  region?: string;
  alarmTopicArn?: string;
}

const { region, alarmTopicArn, sites, ...props }: Config = JSON.parse(
  readFileSync(LIVEINSIGHT_CONFIG, 'utf8'),
);
const stackRegion = region ?? process.env.CDK_DEFAULT_REGION;
const account = process.env.CDK_DEFAULT_ACCOUNT;

const app = new App();
const stack = new Stack(app, `LiveInsight-${environment}`, {
  description: `LiveInsight, ${environment}`,
  env: { ...(account ? { account } : {}), ...(stackRegion ? { region: stackRegion } : {}) },
});
Tags.of(stack).add('application', 'liveinsight');
Tags.of(stack).add('environment', environment);
new LiveInsight(stack, 'LiveInsight', {
  ...props,
  sites: sites.map(siteFromJson),
  environment,
  ...(alarmTopicArn ? { alarmTopic: Topic.fromTopicArn(stack, 'AlarmTopic', alarmTopicArn) } : {}),
});
app.synth();
