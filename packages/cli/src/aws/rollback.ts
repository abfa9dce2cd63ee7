/** Points every function to the version before the live one. */
import {
  GetAliasCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, FUNCTIONS, resourceName } from './deployment.js';
import { isNotFound, withAwsHints } from './error-hints.js';

const LIVE = 'live';

interface Step {
  FunctionName: string;
  from: number;
  to: number;
}

/** Changes nothing unless every function has an earlier version. */
export async function rollback(deployment: Deployment): Promise<void> {
  const client = new LambdaClient(clientOptions(deployment));
  try {
    await withAwsHints(deployment, 'rollback', async () => {
      const steps: Step[] = [];
      for (const part of FUNCTIONS) {
        const step = await planStep(client, resourceName(deployment, part));
        if (step) steps.push(step);
      }
      if (steps.length === 0) throw noneFound(deployment);
      for (const { FunctionName, from, to } of steps) {
        await client.send(
          new UpdateAliasCommand({
            FunctionName,
            Name: LIVE,
            FunctionVersion: String(to),
            // Ends a canary that is under way.
            RoutingConfig: { AdditionalVersionWeights: {} },
          }),
        );
        print(`${FunctionName.padEnd(32)} version ${from} → ${to}`);
      }
      print(
        '\nTables, keys and CloudFront are unchanged. Deploy the older package version, so that the stack matches.',
      );
    });
  } finally {
    client.destroy();
  }
}

async function planStep(client: LambdaClient, FunctionName: string): Promise<Step | undefined> {
  let from: number;
  try {
    from = Number((await client.send(new GetAliasCommand({ FunctionName, Name: LIVE }))).FunctionVersion);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  let to = 0;
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
    for (const { Version } of Versions) {
      const number = Number(Version);
      if (number < from && number > to) to = number;
    }
  }
  if (to > 0) return { FunctionName, from, to };
  throw new CliError(
    `${FunctionName} has no version before ${from}`,
    'Nothing was changed. Deploy the package of the version you want: npm install @liveinsight/cdk@<version>.',
  );
}

const noneFound = ({ environment }: Deployment) =>
  new CliError(
    `no functions named liveinsight-${environment}-… found`,
    'Check the name of the deployment and the region.',
  );
