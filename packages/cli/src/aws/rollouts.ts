/** The canaries of a deployment: CodeDeploy moves requests to new versions step by step. */

import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  type DeploymentInfo,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment } from './deployment.js';
import { isNotFound } from './error-hints.js';
import type { HasFailed } from './rollback-plan.js';

const UNDER_WAY = new Set(['Created', 'Queued', 'InProgress', 'Baking', 'Ready']);
const GIVEN_UP = new Set(['Failed', 'Stopped']);
/** What `BatchGetDeployments` takes. */
const MAX_DEPLOYMENTS = 25;
/** A stopped deployment ends within seconds. */
const STOP_CHECKS = 15;
const STOP_CHECK_MS = 1_000;

export interface Rollouts {
  underWay: { part: string; id: string }[];
  hasFailed: HasFailed;
}

export const createRolloutClient = (deployment: Deployment) =>
  new CodeDeployClient(clientOptions(deployment));

/** Nothing where versions take over at once: there is no CodeDeploy then. */
export async function readRollouts(
  client: CodeDeployClient,
  { environment }: Deployment,
  parts: string[],
): Promise<Rollouts> {
  const underWay: Rollouts['underWay'] = [];
  const failed = new Set<string>();
  for (const part of parts) {
    const deployments = await listDeployments(client, `liveinsight-${environment}`, part);
    for (const { deploymentId: id = '', status = '', revision } of deployments) {
      if (UNDER_WAY.has(status)) underWay.push({ part, id });
      const version = targetVersion(revision?.string?.content ?? revision?.appSpecContent?.content);
      if (version === undefined) continue;
      if (GIVEN_UP.has(status)) failed.add(`${part} ${version}`);
      if (status === 'Succeeded') failed.delete(`${part} ${version}`);
    }
  }
  return { underWay, hasFailed: (part, version) => failed.has(`${part} ${version}`) };
}

/** Oldest first. */
async function listDeployments(
  client: CodeDeployClient,
  applicationName: string,
  deploymentGroupName: string,
): Promise<DeploymentInfo[]> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await client.send(
        new ListDeploymentsCommand({
          applicationName,
          deploymentGroupName,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      ids.push(...(page.deployments ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
  const found: DeploymentInfo[] = [];
  for (let from = 0; from < ids.length; from += MAX_DEPLOYMENTS) {
    const deploymentIds = ids.slice(from, from + MAX_DEPLOYMENTS);
    const { deploymentsInfo = [] } = await client.send(new BatchGetDeploymentsCommand({ deploymentIds }));
    found.push(...deploymentsInfo);
  }
  return found.sort((a, b) => Number(a.createTime ?? 0) - Number(b.createTime ?? 0));
}

/** The version that a rollout was for, of its AppSpec as JSON or YAML. */
const targetVersion = (appSpec = '') => /"?TargetVersion"?\s*:\s*"?(\d+)/.exec(appSpec)?.[1];

/** Stops them where they are, without CodeDeploy's own way back: it would move the aliases against us. */
export async function stopRollouts(client: CodeDeployClient, { underWay }: Rollouts): Promise<void> {
  for (const { part, id } of underWay) {
    try {
      await client.send(new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: false }));
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof Error) || error.name !== 'DeploymentAlreadyCompletedException') throw error;
    }
    await waitForEnd(client, id);
    print(`${part}: the canary ${id} is stopped`);
  }
}

async function waitForEnd(client: CodeDeployClient, id: string): Promise<void> {
  for (let check = 0; check < STOP_CHECKS; check += 1) {
    const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId: id }));
    if (!UNDER_WAY.has(deploymentInfo?.status ?? '')) return;
    await wait(STOP_CHECK_MS);
  }
  throw new CliError(
    `CodeDeploy has not stopped the deployment ${id} yet; the versions are unchanged`,
    'Run the rollback again.',
  );
}
