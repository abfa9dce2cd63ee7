/** Asks every function what it may do: each tries its calls in a form that changes nothing. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type Finding, ok, problem, warning } from '../checks/finding.js';
import { CliError } from '../cli-error.js';
import { type Deployment, resourceName } from './deployment.js';
import { LIVE } from './function-versions.js';

interface PermissionResult {
  action: string;
  on: string;
  /** Why the call is denied; null where it is allowed. */
  error: string | null;
}

const MAX_SHOWN = 300;

/** What a function returns for `payload`. */
export async function invokeFunction(
  client: LambdaClient,
  deployment: Deployment,
  part: string,
  payload: object,
): Promise<unknown> {
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({
      FunctionName: resourceName(deployment, part),
      Qualifier: LIVE,
      Payload: Buffer.from(JSON.stringify(payload)),
    }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError) {
    throw new CliError(`${part} failed: ${text.slice(0, MAX_SHOWN)}`, 'See the log of the function.');
  }
  return JSON.parse(text || 'null');
}

export async function checkFunctionPermissions(
  client: LambdaClient,
  deployment: Deployment,
  part: string,
): Promise<Finding> {
  const query = { liveinsight: 'check-permissions', function: part };
  const results = parsePermissions(await invokeFunction(client, deployment, part, query));
  if (!results) {
    return warning(
      'permissions',
      `${part} cannot be asked for its permissions: it runs another version`,
      `Deploy again, or run this command in the version of the deployment.`,
    );
  }
  const denied = results.filter(({ error }) => error !== null);
  if (denied.length === 0) return ok('permissions', `${part}: all ${results.length} calls are allowed`);
  const unreadable = denied.find(
    ({ error }) =>
      /\bthe secret of\b/.test(error ?? '') && / is not JSON| has no "current"/.test(error ?? ''),
  );
  if (unreadable) {
    return problem(
      'permissions',
      `${part} cannot start: ${unreadable.error?.slice(0, MAX_SHOWN)}`,
      `Correct the secret's value. Earlier values: aws secretsmanager get-secret-value --version-stage AWSPREVIOUS`,
    );
  }
  const calls = new Set(denied.map(({ action, on }) => `${action} on ${on}`));
  return problem(
    'permissions',
    `${part} may not call ${[...calls].join(', ')}: ${denied[0]?.error?.slice(0, MAX_SHOWN)}`,
    'Deploy again to restore its role. If it persists, a policy of your organization or a key denies the call.',
  );
}

function parsePermissions(response: unknown): PermissionResult[] | undefined {
  const { permissions } = Object(response) as { permissions?: PermissionResult[] };
  return Array.isArray(permissions) ? permissions : undefined;
}
