/** Deploys a configuration, or shows what that would make. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { print } from '../print.js';
import { OUTPUT_FOLDER, runCdk, stackName, synthesise } from './cdk-app.js';
import type { Deployment } from './deployment.js';

export interface DeployOptions {
  config: string;
  synth?: boolean;
  /** Does not ask before permissions are widened. */
  yes?: boolean;
}

export async function deploy(deployment: Deployment, { config, synth, yes }: DeployOptions): Promise<void> {
  if (!synth) {
    await runCdk(['deploy', ...(yes ? ['--require-approval', 'never'] : [])], deployment, config);
    print(`\nSee that all is well: liveinsight doctor --aws ${deployment.environment}`);
    return;
  }
  await synthesise(deployment, config);
  const file = join(OUTPUT_FOLDER, `${stackName(deployment)}.template.json`);
  explain(JSON.parse(readFileSync(file, 'utf8')));
  print(`\nThe template: ${file}. Nothing was sent anywhere. To make it, with an AWS account:`);
  print(`  liveinsight deploy ${deployment.environment}`);
}

interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

/** What is made, by what people look for first. */
const KINDS: [type: string, name: string, words: string][] = [
  ['AWS::DynamoDB::Table', 'TableName', 'Tables, on demand, encrypted, recoverable to any second'],
  ['AWS::Lambda::Function', 'FunctionName', 'Functions, each with permissions of its own'],
  ['AWS::SecretsManager::Secret', 'Name', 'Secrets, made with random values'],
  ['AWS::SQS::Queue', 'QueueName', 'Queues'],
  ['AWS::CloudWatch::Alarm', 'AlarmName', 'Alarms'],
  ['AWS::CloudFront::Distribution', '', 'CloudFront distribution: the one way in'],
];

function explain({ Resources }: Template): void {
  const resources = Object.values(Resources);
  for (const [type, property, words] of KINDS) {
    const found = resources.filter(({ Type }) => Type === type);
    if (found.length === 0) continue;
    print(`${String(found.length).padStart(4)}  ${words}`);
    if (type === 'AWS::CloudWatch::Alarm') continue;
    for (const { Properties } of found) if (property) print(`        ${Properties?.[property]}`);
  }
  const rest =
    resources.length - resources.filter(({ Type }) => KINDS.some(([type]) => type === Type)).length;
  print(`${String(rest).padStart(4)}  More: roles, logs, policies, versions, permissions`);
}
