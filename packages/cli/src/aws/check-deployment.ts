/** Checks a deployment: tables, recovery, functions, permissions, keys, CORS, alarms, queues, clock and quotas. */
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { checkDatabase } from '../checks/database.js';
import { checkAws, resolveEndpoint } from '../checks/environment.js';
import { type Finding, ok, problem, warning } from '../checks/finding.js';
import { checkRollups } from '../checks/rollups.js';
import { CliError } from '../cli-error.js';
import { checkAlarms, checkQueues, checkRecovery, checkVersions } from './check-operations.js';
import { checkFunctionPermissions } from './check-permissions.js';
import { checkResponses } from './check-responses.js';
import { type Clients, withClients } from './clients.js';
import { type Deployment, FUNCTIONS, resourceName, secretName } from './deployment.js';
import { withAwsHints } from './error-hints.js';
import { type FunctionVersions, readFunctions } from './function-versions.js';
import { inForceAt, readVersion, SECRET_NAMES } from './secrets.js';

/** New accounts have less than this; the default quota is 1,000. */
const FEW_CONCURRENT = 100;

export async function checkDeployment(
  deployment: Deployment,
  origin: string | undefined,
): Promise<Finding[]> {
  if (deployment.region) process.env.AWS_REGION = deployment.region;
  const account = await checkAws();
  if (account.some(({ state }) => state === 'problem')) return account;
  return withClients(deployment, async (clients) => {
    const functions: FunctionVersions[] = [];
    const found = await check(deployment, 'functions', async () => {
      functions.push(...(await readFunctions(clients.lambda, deployment)));
      return [];
    });
    if (found.length > 0) return [...account, ...found];
    if (functions.length === 0) return [...account, noDeployment(deployment)];
    return [
      ...account,
      ...(await checkParts(clients, deployment, functions, origin ?? 'https://shop.example')),
    ];
  });
}

const noDeployment = ({ environment, region }: Deployment): Finding =>
  problem(
    'deployment',
    `there is no deployment "${environment}" in ${region ?? process.env.AWS_REGION ?? 'the region of your AWS profile'}`,
    `Check the name and the region, or create it: liveinsight deploy ${environment}`,
  );

/** Each part by itself, at the same time: one that fails or waits hides no other. */
async function checkParts(
  clients: Clients,
  deployment: Deployment,
  functions: FunctionVersions[],
  origin: string,
): Promise<Finding[]> {
  const endpoint = (await resolveEndpoint()) ?? '';
  const tables = {
    eventsTable: resourceName(deployment, 'events'),
    rollupsTable: resourceName(deployment, 'rollups'),
  };
  const parts = functions.map(({ part }) => part);
  const missing = FUNCTIONS.filter((part) => part !== 'drain' && !parts.includes(part));
  const checks: [string, () => Promise<Finding[]>][] = [
    ['database', () => checkDatabase(endpoint, { endpoint, ...tables })],
    ['numbers', () => checkNumbers({ endpoint, ...tables })],
    ['recovery', () => checkRecovery(deployment)],
    ['versions', async () => checkVersions(deployment, functions)],
    ...missing.map((part): [string, () => Promise<Finding[]>] => [
      'function',
      async () => [
        problem('function', `${resourceName(deployment, part)} does not exist`, 'Deploy again to create it.'),
      ],
    ]),
    ...parts.map((part): [string, () => Promise<Finding[]>] => [
      'function',
      async () => [await checkFunction(clients, deployment, part)],
    ]),
    ...parts.map((part): [string, () => Promise<Finding[]>] => [
      'permissions',
      async () => [await checkFunctionPermissions(clients.invoker, deployment, part)],
    ]),
    ...SECRET_NAMES.map((name): [string, () => Promise<Finding[]>] => [
      'keys',
      async () => [await checkSecret(clients, deployment, name)],
    ]),
    ...(parts.includes('ingest') && parts.includes('read')
      ? checkResponses(clients, deployment, origin)
      : []),
    ['alarms', () => checkAlarms(clients, deployment)],
    ['buffer', () => checkQueues(clients, deployment)],
    ['quota', async () => [await checkQuota(clients)]],
  ];
  return (await Promise.all(checks.map(([name, run]) => check(deployment, name, run)))).flat();
}

async function checkNumbers(options: DynamoStoreOptions): Promise<Finding[]> {
  const store = dynamoStore(options);
  try {
    return await checkRollups(store);
  } finally {
    await store.close();
  }
}

async function check(
  deployment: Deployment,
  name: string,
  action: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await withAwsHints(deployment, name, action);
  } catch (error) {
    if (error instanceof CliError) return [problem(name, error.message, error.remedy ?? '')];
    throw error;
  }
}

async function checkFunction({ lambda }: Clients, deployment: Deployment, part: string): Promise<Finding> {
  const FunctionName = resourceName(deployment, part);
  const { State, LastUpdateStatus, Environment, Runtime } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }),
  );
  const variables = Environment?.Variables ?? {};
  const missing = ['EVENTS_TABLE', 'ROLLUPS_TABLE', 'LIVEINSIGHT_SITES'].filter((name) => !variables[name]);
  if (missing.length > 0) {
    return problem(
      'function',
      `${FunctionName} has no ${missing.join(', ')}`,
      'Deploy again to restore its variables.',
    );
  }
  if (State !== 'Active' || LastUpdateStatus === 'Failed') {
    return problem('function', `${FunctionName} is ${State}, ${LastUpdateStatus}`, 'Deploy again.');
  }
  return ok('function', `${FunctionName}, ${Runtime}`);
}

async function checkSecret({ secrets }: Clients, deployment: Deployment, name: string): Promise<Finding> {
  const { value, changedAt } = await readVersion(secrets, secretName(deployment, name));
  const kind = name.replace('-keys', '');
  const until = inForceAt(changedAt, Date.now());
  if (until) return ok('keys', `${name}: changed just now, in force by ${until.toISOString()}`);
  if (value.previous.length === 0) return ok('keys', `${name}: 1 key`);
  return warning(
    'keys',
    `${name}: ${value.previous.length} rotated but still accepted`,
    `When they are no longer used: liveinsight keys retire ${deployment.environment} ${kind}`,
  );
}

async function checkQuota({ lambda }: Clients): Promise<Finding> {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  const limit = AccountLimit?.ConcurrentExecutions ?? 0;
  return limit >= FEW_CONCURRENT
    ? ok('quota', `up to ${limit} functions can run at once`)
    : warning(
        'quota',
        `only ${limit} functions can run at once in this account`,
        'Request 1,000 in Service Quotas, AWS Lambda, "Concurrent executions".',
      );
}
