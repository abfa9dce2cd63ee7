/** Deploys a configuration, or shows what it would create. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';
import { print, printNote } from '../print.js';
import { findAdoptable, type ResourceMapping, type Template } from './adopt.js';
import { findCdk, OUTPUT_FOLDER, runCdk, stackName, synthesise, templateFile } from './cdk-app.js';
import { type Deployment, readConfig } from './deployment.js';
import { withAwsHints } from './error-hints.js';

export interface DeployOptions {
  config: string;
  synth?: boolean;
  /** Do not ask before broadening permissions. */
  yes?: boolean;
}

export async function deploy(deployment: Deployment, { config, synth, yes }: DeployOptions): Promise<void> {
  if (!synth) {
    readConfig(config);
    findCdk();
    await synthesise(deployment, config);
    await adopt(deployment);
    await runCdk(['deploy', ...(yes ? ['--require-approval', 'never'] : [])], deployment);
    print(`\nCheck the deployment: liveinsight doctor --aws ${deployment.environment}`);
    return;
  }
  await synthesise(deployment, config);
  const file = templateFile(deployment);
  explain(readTemplate(deployment));
  print(`\nTemplate: ${file}. Nothing was sent to AWS. To create it in your AWS account:`);
  print(`  liveinsight deploy ${deployment.environment}`);
}

const readTemplate = (deployment: Deployment): Template =>
  JSON.parse(readFileSync(templateFile(deployment), 'utf8'));

/** Imports what an earlier deployment of the name has left, before the stack would fail to create it. */
async function adopt(deployment: Deployment): Promise<void> {
  const mapping = await findLeft(deployment);
  const names = Object.values(mapping).flatMap((identifier) => Object.values(identifier));
  if (names.length === 0) return;
  print(`Taking over what an earlier deployment has left: ${names.join(', ')}`);
  const file = join(OUTPUT_FOLDER, 'adopted.json');
  writeFileSync(file, JSON.stringify(mapping));
  await runCdk(['import', '--resource-mapping', file], deployment);
}

/** Nothing where these credentials may not look: the roles of the CDK may deploy all the same. */
async function findLeft(deployment: Deployment): Promise<ResourceMapping> {
  try {
    return await withAwsHints(deployment, 'deploy', () =>
      findAdoptable(deployment, readTemplate(deployment), stackName(deployment)),
    );
  } catch (error) {
    // An error without a cause is our own: it says what the deployment would fail at.
    if (error instanceof CliError && error.cause === undefined) throw error;
    printNote(
      `It is unknown whether an earlier deployment has left tables: ${error instanceof Error ? error.message : error}`,
    );
    return {};
  }
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
