/** The web application firewall: known bad addresses, and too many requests of one. */
import { Stack, Token } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { type Deployment, type Firewall, resourceName } from './options.js';

const REQUESTS_PER_FIVE_MINUTES = 3_000;

export function createFirewall(scope: Construct, firewall: Firewall, deployment: Deployment): CfnWebACL {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || region !== 'us-east-1') {
    throw new Error(
      "LiveInsight: a firewall for CloudFront must be in us-east-1: set env: { region: 'us-east-1' } on the stack, or remove the firewall option",
    );
  }
  const visible = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    metricName: resourceName(deployment, metricName),
    sampledRequestsEnabled: false,
  });
  return new CfnWebACL(scope, 'Firewall', {
    name: resourceName(deployment, 'firewall'),
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visible('firewall'),
    rules: [
      {
        name: 'bad-addresses',
        priority: 0,
        statement: {
          managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' },
        },
        overrideAction: { none: {} },
        visibilityConfig: visible('bad-addresses'),
      },
      {
        name: 'too-many-requests',
        priority: 1,
        statement: {
          rateBasedStatement: {
            aggregateKeyType: 'IP',
            evaluationWindowSec: 300,
            limit: firewall.requestsPerFiveMinutes ?? REQUESTS_PER_FIVE_MINUTES,
          },
        },
        // 429 rather than 403: the tracker sends events again later after a 429.
        action: { block: { customResponse: { responseCode: 429 } } },
        visibilityConfig: visible('too-many-requests'),
      },
    ],
  });
}
