/** Checks a deployment: tables, functions, permissions, keys, CORS, clock and quotas. */
import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { checkDatabase } from '../checks/database.js';
import { checkAws, resolveEndpoint } from '../checks/environment.js';
import { type Finding, ok, problem, warning } from '../checks/finding.js';
import { checkRollups } from '../checks/rollups.js';
import { describeTails } from '../checks/tails.js';
import { CliError } from '../cli-error.js';
import { clientOptions, type Deployment, FUNCTIONS, resourceName, secretName } from './deployment.js';
import { isNotFound, withAwsHints } from './error-hints.js';

/** New accounts have less than this; the default quota is 1,000. */
const FEW_CONCURRENT = 100;

export async function checkDeployment(
  deployment: Deployment,
  origin: string | undefined,
): Promise<Finding[]> {
  if (deployment.region) process.env.AWS_REGION = deployment.region;
  const account = await checkAws();
  if (account.some(({ state }) => state === 'problem')) return account;
  const endpoint = (await resolveEndpoint()) ?? '';
  const tables = {
    eventsTable: resourceName(deployment, 'events'),
    rollupsTable: resourceName(deployment, 'rollups'),
  };
  const store = dynamoStore({ endpoint, ...tables });
  const lambda = new LambdaClient(clientOptions(deployment));
  const secrets = new SecretsManagerClient(clientOptions(deployment));
  try {
    return [
      ...account,
      ...(await checkDatabase(endpoint, { endpoint, ...tables })),
      ...(await checkRollups(store)),
      ...(await checkFunctions(lambda, deployment)),
      ...(await checkSecrets(secrets, deployment)),
      ...(await checkResponses(lambda, secrets, deployment, origin ?? 'https://shop.example')),
      await checkQuota(lambda, deployment),
    ];
  } finally {
    await store.close();
    lambda.destroy();
    secrets.destroy();
  }
}

async function finding(
  deployment: Deployment,
  check: string,
  action: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await withAwsHints(deployment, check, action);
  } catch (error) {
    if (error instanceof CliError) return problem(check, error.message, error.remedy);
    throw error;
  }
}

async function checkFunctions(client: LambdaClient, deployment: Deployment): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const part of FUNCTIONS) {
    const FunctionName = resourceName(deployment, part);
    const found = await finding(deployment, 'function', async () => {
      try {
        const { State, LastUpdateStatus, Environment, Runtime } = await client.send(
          new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }),
        );
        const variables = Environment?.Variables ?? {};
        const missing = ['EVENTS_TABLE', 'ROLLUPS_TABLE', 'LIVEINSIGHT_SITES'].filter(
          (name) => !variables[name],
        );
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
      } catch (error) {
        if (part === 'drain' && isNotFound(error))
          return ok('function', 'no buffer: ingest writes to the tables');
        throw error;
      }
    });
    findings.push(found);
  }
  return findings;
}

function checkSecrets(client: SecretsManagerClient, deployment: Deployment): Promise<Finding[]> {
  return Promise.all(
    ['read-keys', 'admin-keys', 'origin'].map((name) =>
      finding(deployment, 'keys', async () => {
        const { previous = [] } = await readSecret(client, deployment, name);
        if (previous.length === 0) return ok('keys', `${name}: 1 key`);
        const kind = name.replace('-keys', '');
        return warning(
          'keys',
          `${name}: ${previous.length} rotated but still accepted`,
          `When they are no longer used: liveinsight keys retire ${deployment.environment} ${kind}`,
        );
      }),
    ),
  );
}

async function readSecret(client: SecretsManagerClient, deployment: Deployment, name: string) {
  const SecretId = secretName(deployment, name);
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return JSON.parse(SecretString) as { current: string; previous?: string[] };
}

/** Invokes the functions as CloudFront does: a good response proves permissions, secrets and table access. */
async function checkResponses(
  lambda: LambdaClient,
  secrets: SecretsManagerClient,
  deployment: Deployment,
  origin: string,
): Promise<Finding[]> {
  const invoke = async (part: string, method: string, path: string, headers: Record<string, string> = {}) => {
    const { current } = await readSecret(secrets, deployment, 'origin');
    const http = {
      method,
      path,
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: 'liveinsight doctor',
    };
    const event = {
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: {
        origin,
        'x-liveinsight-origin': current,
        'access-control-request-method': 'POST',
        ...headers,
      },
      requestContext: { stage: '$default', http },
      isBase64Encoded: false,
    };
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: resourceName(deployment, part),
        Qualifier: 'live',
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError)
      throw new CliError(`${part} failed: ${text.slice(0, 300)}`, 'See the log of the function.');
    return JSON.parse(text) as { statusCode: number; headers?: Record<string, string>; body?: string };
  };
  const cors = finding(deployment, 'CORS', async () => {
    const { statusCode, headers = {} } = await invoke('ingest', 'OPTIONS', '/api/events');
    return statusCode === 204 && headers['access-control-allow-origin'] === '*'
      ? ok('CORS', `pages on ${origin} can send events`)
      : problem(
          'CORS',
          `OPTIONS /api/events returned ${statusCode}`,
          'Deploy again. If it persists, see the log of the ingest function.',
        );
  });
  const ready = finding(deployment, 'permissions', async () => {
    const { statusCode, body = '' } = await invoke('read', 'GET', '/ready');
    return statusCode === 200
      ? ok('permissions', 'the read function can access the tables')
      : problem(
          'permissions',
          `/ready returned ${statusCode}: ${body.slice(0, 300)}`,
          'Deploy again to restore its role.',
        );
  });
  // Of one environment of the function: each has a tail of its own.
  const freshness = finding(deployment, 'freshness', async () => {
    const { current } = await readSecret(secrets, deployment, 'read-keys');
    const authorization = `Bearer ${current}`;
    const { statusCode, body = '' } = await invoke('read', 'GET', '/api/status', { authorization });
    if (statusCode !== 200)
      return warning(
        'freshness',
        `/api/status returned ${statusCode}: ${body.slice(0, 300)}`,
        'Deploy again.',
      );
    const tails = describeTails(body);
    return tails.find(({ state }) => state !== 'ok') ?? tails[0] ?? ok('freshness', 'nothing is held');
  });
  return Promise.all([cors, ready, freshness]);
}

function checkQuota(client: LambdaClient, deployment: Deployment): Promise<Finding> {
  return finding(deployment, 'quota', async () => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    return limit >= FEW_CONCURRENT
      ? ok('quota', `up to ${limit} functions can run at once`)
      : warning(
          'quota',
          `only ${limit} functions can run at once in this account`,
          'Request 1,000 in Service Quotas, AWS Lambda, "Concurrent executions".',
        );
  });
}
