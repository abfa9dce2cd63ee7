/** What an earlier deployment of the same name has left: taken into the new stack, with the data in it. */
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { CliError } from '../cli-error.js';
import { clientOptions, type Deployment } from './deployment.js';
import { isNotFound } from './error-hints.js';
import { type StoreClients, withStoreClients } from './leftovers.js';

export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

/** Of each logical id, what CloudFormation imports the resource by. */
export type ResourceMapping = Record<string, Record<string, string>>;

/** By type: the property that holds its name, and what it is imported by, where it exists. */
const KINDS: Record<string, [name: string, find: Find]> = {
  'AWS::DynamoDB::Table': ['TableName', findTable],
  'AWS::SecretsManager::Secret': ['Name', findSecret],
  // Earlier releases kept those of `prod`.
  'AWS::Logs::LogGroup': ['LogGroupName', findLog],
};

type Find = (clients: StoreClients, name: string) => Promise<Record<string, string> | undefined>;

/** What of the template exists without the stack, which could therefore not create it. */
export function findAdoptable(
  deployment: Deployment,
  { Resources }: Template,
  stackName: string,
): Promise<ResourceMapping> {
  return withStoreClients(deployment, async (clients) => {
    const owned = await listOwned(deployment, stackName);
    const found = await Promise.all(
      Object.entries(Resources).map(async ([id, { Type, Properties }]) => {
        const [property, find] = KINDS[Type] ?? [];
        const name = property && Properties?.[property];
        if (!find || typeof name !== 'string' || owned.has(id)) return [];
        const identifier = await find(clients, name).catch((error: unknown) => {
          if (isNotFound(error)) return undefined;
          throw error;
        });
        return identifier ? [[id, identifier] as const] : [];
      }),
    );
    return Object.fromEntries(found.flat());
  });
}

/** Logical ids of the stack; none where there is no such stack. */
async function listOwned(deployment: Deployment, StackName: string): Promise<Set<string>> {
  const client = new CloudFormationClient(clientOptions(deployment));
  const ids = new Set<string>();
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client },
      { StackName },
    )) {
      for (const { LogicalResourceId, ResourceStatus } of StackResourceSummaries) {
        if (LogicalResourceId && ResourceStatus !== 'DELETE_COMPLETE' && ResourceStatus !== 'DELETE_SKIPPED')
          ids.add(LogicalResourceId);
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('does not exist')) throw error;
  } finally {
    client.destroy();
  }
  return ids;
}

async function findTable({ dynamo }: StoreClients, TableName: string) {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
  if (Table?.TableStatus !== 'DELETING') return { TableName };
  throw new CliError(`the table ${TableName} is being deleted`, 'Run the command again in a minute.');
}

async function findSecret({ secrets }: StoreClients, SecretId: string) {
  const { ARN = '', DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  if (!DeletedDate) return { Id: ARN };
  throw new CliError(
    `the secret ${SecretId} is marked for deletion, which reserves its name`,
    `To keep it: aws secretsmanager restore-secret --secret-id ${SecretId}. To be rid of it: aws secretsmanager delete-secret --secret-id ${SecretId} --force-delete-without-recovery`,
  );
}

async function findLog({ logs }: StoreClients, LogGroupName: string) {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: LogGroupName }),
  );
  return logGroups.some(({ logGroupName }) => logGroupName === LogGroupName) ? { LogGroupName } : undefined;
}
