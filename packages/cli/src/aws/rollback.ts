/** Points every function to one earlier release, also from the middle of a canary or of an earlier rollback. */
import { LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import { withAwsHints } from './error-hints.js';
import { type FunctionVersions, LIVE, readFunctions, rollbackNote } from './function-versions.js';
import { planRollback, type Step } from './rollback-plan.js';
import { createRolloutClient, readRollouts, stopRollouts } from './rollouts.js';

/**
 * Changes nothing unless every function has the version that it should go to.
 * @param target a release or the number of a version; by default the last release that all functions ran
 */
export async function rollback(deployment: Deployment, target: string | undefined): Promise<void> {
  const lambda = new LambdaClient(clientOptions(deployment));
  const codeDeploy = createRolloutClient(deployment);
  try {
    await withAwsHints(deployment, 'rollback', async () => {
      const functions = await readFunctions(lambda, deployment);
      if (functions.length === 0) throw noneFound(deployment);
      const rollouts = await readRollouts(
        codeDeploy,
        deployment,
        functions.map(({ part }) => part),
      );
      const steps = planRollback(functions, target, rollouts.hasFailed);
      await stopRollouts(codeDeploy, rollouts);
      const failures = await apply(lambda, functions, steps);
      if (failures.length > 0) throw halfDone(deployment, failures, steps.length, target);
      print(
        `\nTo go back further: liveinsight rollback ${deployment.environment} --to <release>, one of those`,
      );
      print(`that \`liveinsight status ${deployment.environment}\` lists.`);
      print(
        'Tables, keys and CloudFront are unchanged. Deploy the older package version, so that the stack matches.',
      );
    });
  } finally {
    lambda.destroy();
    codeDeploy.destroy();
  }
}

/** One function that cannot be changed keeps no other from going back. */
async function apply(
  client: LambdaClient,
  functions: FunctionVersions[],
  steps: Step[],
): Promise<{ functionName: string; error: unknown }[]> {
  const failures: { functionName: string; error: unknown }[] = [];
  for (const { functionName, from, to } of steps) {
    const { live, shares, rolledBackFrom } = functions.find((one) => one.functionName === functionName) ?? {};
    if (live === to && shares?.size === 0) {
      print(`${functionName.padEnd(32)} version ${to}, unchanged`);
      continue;
    }
    const newest = Math.max(from, rolledBackFrom ?? 0);
    try {
      await client.send(
        new UpdateAliasCommand({
          FunctionName: functionName,
          Name: LIVE,
          FunctionVersion: String(to),
          Description: newest > to ? rollbackNote(newest, to) : '',
          // Ends a canary that is under way.
          RoutingConfig: { AdditionalVersionWeights: {} },
        }),
      );
      print(`${functionName.padEnd(32)} version ${from} → ${to}`);
    } catch (error) {
      failures.push({ functionName, error });
    }
  }
  return failures;
}

function halfDone(
  { environment }: Deployment,
  failures: { functionName: string; error: unknown }[],
  total: number,
  target: string | undefined,
): CliError {
  const reasons = failures.map(
    ({ functionName, error }) =>
      `${functionName}: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`,
  );
  const again = `liveinsight rollback ${environment}${target === undefined ? '' : ` --to ${target}`}`;
  return new CliError(
    `${failures.length} of ${total} functions were not changed. ${reasons.join('; ')}`,
    `Versions are mixed now. Fix the cause, then run \`${again}\` again: it finishes this rollback.`,
  );
}

const noneFound = (deployment: Deployment) =>
  new CliError(
    `no functions named ${resourceName(deployment, '…')} found`,
    'Check the name of the deployment and the region.',
  );
