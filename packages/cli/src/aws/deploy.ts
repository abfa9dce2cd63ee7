/** Deploys a configuration, or shows what it would create. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { print } from '../print.js';
import { OUTPUT_FOLDER, runCdk, stackName, synthesise } from './cdk-app.js';
import type { Deployment } from './deployment.js';

export interface DeployOptions {
  config: string;
  synth?: boolean;
  /** Do not ask before broadening permissions. */
  yes?: boolean;
}

export async function deploy(deployment: Deployment, { config, synth, yes }: DeployOptions): Promise<void> {
  if (!synth) {
    await runCdk(['deploy', ...(yes ? ['--require-approval', 'never'] : [])], deployment, config);
    print(`\nCheck the deployment: liveinsight doctor --aws ${deployment.environment}`);
    return;
  }
  await synthesise(deployment, config);
  const file = join(OUTPUT_FOLDER, `${stackName(deployment)}.template.json`);
  explain(JSON.parse(readFileSync(file, 'utf8')));
  print(`\nTemplate: ${file}. Nothing was sent to AWS. To create it in your AWS account:`);
  print(`  liveinsight deploy ${deployment.environment}`);
}

interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

/** Resource types to list by name, most interesting first. */
const KINDS: [type: string, name: string, label: string][] = [
  ['AWS::DynamoDB::Table', 'TableName', 'DynamoDB tables: on-demand, encrypted, with point-in-time recovery'],
  ['AWS::Lambda::Function', 'FunctionName', 'Lambda functions, each with its own permissions'],
  ['AWS::SecretsManager::Secret', 'Name', 'Secrets with random values'],
  ['AWS::SQS::Queue', 'QueueName', 'SQS queues'],
  ['AWS::CloudWatch::Alarm', 'AlarmName', 'CloudWatch alarms'],
  ['AWS::CloudFront::Distribution', '', 'CloudFront distribution: the only entry point'],
];

function explain({ Resources }: Template): void {
  const resources = Object.values(Resources);
  for (const [type, property, label] of KINDS) {
    const found = resources.filter(({ Type }) => Type === type);
    if (found.length === 0) continue;
    print(`${String(found.length).padStart(4)}  ${label}`);
    if (type === 'AWS::CloudWatch::Alarm') continue;
    for (const { Properties } of found) if (property) print(`        ${Properties?.[property]}`);
  }
  const rest =
    resources.length - resources.filter(({ Type }) => KINDS.some(([type]) => type === Type)).length;
  print(`${String(rest).padStart(4)}  Other resources: roles, logs, policies, versions, permissions`);
}
