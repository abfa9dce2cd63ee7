/** Checks what an operator relies on in an incident: recovery, alarms, queues, and one release in all functions. */
import { DescribeContinuousBackupsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Finding, ok, problem, warning } from '../checks/finding.js';
import { readAlarms } from './alarms.js';
import type { Clients } from './clients.js';
import { clientOptions, type Deployment, resourceName } from './deployment.js';
import type { FunctionVersions } from './function-versions.js';
import { readQueues } from './queues.js';

/** The alarm's threshold. */
const MAX_QUEUE_AGE_S = 900;

export async function checkRecovery(deployment: Deployment): Promise<Finding[]> {
  const client = new DynamoDBClient(clientOptions(deployment));
  try {
    return await Promise.all(
      ['events', 'rollups'].map(async (part) => {
        const TableName = resourceName(deployment, part);
        const { ContinuousBackupsDescription } = await client.send(
          new DescribeContinuousBackupsCommand({ TableName }),
        );
        const state = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
        return state === 'ENABLED'
          ? ok('recovery', `${TableName} can be restored to any second`)
          : problem(
              'recovery',
              `${TableName} has no point-in-time recovery`,
              'Deploy again to enable it. Data that is lost before then cannot be restored.',
            );
      }),
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UnknownOperationException') throw error;
    return [ok('recovery', 'not checked: this database is not AWS')];
  } finally {
    client.destroy();
  }
}

export async function checkAlarms({ cloudWatch }: Clients, deployment: Deployment): Promise<Finding[]> {
  const alarms = await readAlarms(cloudWatch, deployment);
  if (alarms.length === 0)
    return [
      warning(
        'alarms',
        `there is no alarm ${resourceName(deployment, '…')}`,
        'Deploy again to create the alarms.',
      ),
    ];
  const ringing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  if (ringing.length > 0) {
    return ringing.map(({ AlarmName = '', AlarmDescription = '' }) =>
      problem('alarms', `${AlarmName} is in state ALARM`, AlarmDescription || 'See the runbook.'),
    );
  }
  const silent = alarms.filter(
    ({ ActionsEnabled, AlarmActions = [] }) => !ActionsEnabled || AlarmActions.length === 0,
  );
  return [
    silent.length === alarms.length
      ? warning(
          'alarms',
          `${alarms.length} alarms notify no one`,
          'Set "alarmTopicArn" in liveinsight.config.json, and deploy.',
        )
      : ok('alarms', `none of ${alarms.length} in state ALARM`),
  ];
}

export async function checkQueues(clients: Clients, deployment: Deployment): Promise<Finding[]> {
  const queues = await readQueues(clients, deployment);
  if (!queues) return [];
  const { buffer, deadLetters, oldestSeconds = 0 } = queues;
  const findings = [
    oldestSeconds > MAX_QUEUE_AGE_S
      ? problem('buffer', `the oldest batch waits for ${oldestSeconds} s`, 'See the log and errors of drain.')
      : ok('buffer', `${buffer} batches wait`),
  ];
  if (deadLetters === 0) return findings;
  const remedy = `Fix the cause, which the log of drain names, then: liveinsight redrive ${deployment.environment}`;
  return [...findings, problem('dead-letters', `${deadLetters} batches could not be stored`, remedy)];
}

/** Functions of one release, and no canary under way. */
export function checkVersions(deployment: Deployment, functions: FunctionVersions[]): Finding[] {
  const canaries = functions.filter(({ shares }) => shares.size > 0);
  if (canaries.length > 0) {
    const parts = canaries.map(({ part }) => part).join(', ');
    return [
      warning(
        'versions',
        `a canary is under way: ${parts}`,
        `It ends within minutes. To end it now: liveinsight rollback ${deployment.environment}`,
      ),
    ];
  }
  const releases = functions.map(({ part, live, published }) => ({
    part,
    release: published.get(live) ?? `${live}`,
  }));
  const different = new Set(releases.map(({ release }) => release));
  // Without releases, versions are counted for each function by itself.
  const known = functions.every(({ live, published }) => published.get(live) !== undefined);
  const isMixed =
    different.size > 1 && (known || functions.some(({ rolledBackFrom }) => rolledBackFrom !== undefined));
  if (!isMixed) return [ok('versions', `all functions run ${[...different].join(', ')}`)];
  const says = releases.map(({ part, release }) => `${part} ${release}`).join(', ');
  return [
    problem(
      'versions',
      `the functions run different releases: ${says}`,
      `Finish the rollback: liveinsight rollback ${deployment.environment}. Or deploy again.`,
    ),
  ];
}
