/** Runs the CDK app of a configuration, which writes the template, and the CDK, which creates or deletes the stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import { findRegion } from '../database/find-region.js';
import { type Deployment, OPERATIONS, readConfig } from './deployment.js';

/** The default output folder of the CDK. */
export const OUTPUT_FOLDER = 'cdk.out';

export const stackName = ({ environment }: Deployment) => `LiveInsight-${environment}`;

/** The path of the app, resolved from the working directory. */
function findApp(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  try {
    for (const name of ['aws-cdk-lib', 'constructs']) require.resolve(`${name}/package.json`);
    return join(dirname(require.resolve('@liveinsight/cdk/package.json')), 'dist/app.js');
  } catch (error) {
    throw new CliError(
      'the packages that define the deployment are not installed in this folder',
      'Run: npm install @liveinsight/cdk aws-cdk-lib constructs',
      { cause: error },
    );
  }
}

/** The program of the CDK, resolved from the working directory. */
export function findCdk(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  try {
    return join(dirname(require.resolve('aws-cdk/package.json')), 'bin/cdk');
  } catch (error) {
    throw new CliError(
      'the AWS CDK is not installed in this folder',
      'Run: npm install --save-dev aws-cdk. To only preview the deployment, pass --synth.',
      { cause: error },
    );
  }
}

export interface SynthesisOptions {
  /** False where nothing is created from the template: the CDK's check takes longer than all the rest. Default: true. */
  isChecked?: boolean;
}

/** Writes the template; needs neither account nor network. */
export async function synthesise(
  deployment: Deployment,
  config: string,
  { isChecked = true }: SynthesisOptions = {},
): Promise<void> {
  readConfig(config);
  const region = process.env.CDK_DEFAULT_REGION ?? deployment.region ?? (await findRegion());
  const env = {
    ...process.env,
    LIVEINSIGHT_ENVIRONMENT: deployment.environment,
    LIVEINSIGHT_CONFIG: resolve(config),
    CDK_OUTDIR: resolve(OUTPUT_FOLDER),
    ...(region === undefined ? {} : { CDK_DEFAULT_REGION: region }),
    ...(isChecked ? {} : { CDK_VALIDATION: 'false' }),
  };
  await runToEnd(process.execPath, [findApp()], env);
}

/**
 * Runs the CDK on the app's output. It takes a folder as its app, too: a command would go through a shell, whose quotes
 * no two versions of the CDK treat alike.
 *
 * @param verb as `deploy` or `destroy`, with its options
 */
export async function runCdk(verb: string[], deployment: Deployment): Promise<void> {
  const args = [findCdk(), ...verb, stackName(deployment), '--app', resolve(OUTPUT_FOLDER)];
  await runToEnd(process.execPath, args, process.env);
}

/** The template that `synthesise` wrote. */
export const templateFile = (deployment: Deployment) =>
  join(OUTPUT_FOLDER, `${stackName(deployment)}.template.json`);

async function runToEnd(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = await once(spawn(program, args, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) {
    throw new CliError(
      'the AWS CDK failed; see its output above',
      `See ${OPERATIONS}/troubleshooting.md for common causes.`,
    );
  }
}
