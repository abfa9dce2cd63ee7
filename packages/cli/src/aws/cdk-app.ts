/** The CDK app of a configuration: run by itself to see what it would make, and by the CDK to make or delete it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../failure.js';
import { type Deployment, readConfig } from './deployment.js';

/** Where what is synthesised goes, as the CDK has it. */
export const OUTPUT_FOLDER = 'cdk.out';

export const stackName = ({ environment }: Deployment) => `LiveInsight-${environment}`;

/** The app's path, from the folder where the user is. */
function findApp(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  try {
    for (const name of ['aws-cdk-lib', 'constructs']) require.resolve(`${name}/package.json`);
    return join(dirname(require.resolve('@liveinsight/cdk/package.json')), 'dist/app.js');
  } catch (error) {
    throw new Failure(
      'the packages that describe the deployment are not installed here',
      'Run: npm install @liveinsight/cdk aws-cdk-lib constructs',
      { cause: error },
    );
  }
}

function findCdk(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  try {
    return join(dirname(require.resolve('aws-cdk/package.json')), 'bin/cdk');
  } catch (error) {
    throw new Failure(
      "AWS's own program for deploying is not installed here",
      'Run: npm install --save-dev aws-cdk. To only see what would be made, add --synth.',
      { cause: error },
    );
  }
}

function appEnvironment({ environment }: Deployment, config: string): NodeJS.ProcessEnv {
  return { ...process.env, LIVEINSIGHT_ENVIRONMENT: environment, LIVEINSIGHT_CONFIG: resolve(config) };
}

/** Writes the template; needs neither account nor network. */
export async function synthesise(deployment: Deployment, config: string): Promise<void> {
  readConfig(config);
  const env = { ...appEnvironment(deployment, config), CDK_OUTDIR: resolve(OUTPUT_FOLDER) };
  await runToEnd(process.execPath, [findApp()], env);
}

/** @param verb as `deploy` or `destroy`, with its options */
export async function runCdk(verb: string[], deployment: Deployment, config: string): Promise<void> {
  readConfig(config);
  const app = `"${process.execPath}" "${findApp()}"`;
  const args = [findCdk(), ...verb, stackName(deployment), '--app', app];
  await runToEnd(process.execPath, args, appEnvironment(deployment, config));
}

async function runToEnd(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = await once(spawn(program, args, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) {
    throw new Failure(
      'it ended without success; what it said is above',
      'docs/operations/troubleshooting.md knows the usual causes.',
    );
  }
}
