/** Reads a deployment's secrets as its functions do. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CliError } from '../cli-error.js';

/** Those that are rotated; the root secret never is. */
export const SECRET_NAMES = ['read-keys', 'admin-keys', 'origin'];

export interface SecretValue {
  current: string;
  /** Rotated and still accepted. */
  previous: string[];
}

/** Everything that is in the secret, also what this version does not know. */
export async function readValue(client: SecretsManagerClient, SecretId: string): Promise<SecretValue> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return parseSecret(SecretId, SecretString);
}

export async function readSecret(
  client: SecretsManagerClient,
  SecretId: string,
): Promise<{ value: SecretValue; changedAt: Date | undefined }> {
  const [value, { LastChangedDate, CreatedDate }] = await Promise.all([
    readValue(client, SecretId),
    client.send(new DescribeSecretCommand({ SecretId })),
  ]);
  return { value, changedAt: LastChangedDate ?? CreatedDate };
}

function parseSecret(SecretId: string, text: string): SecretValue {
  const remedy = `Its value must be {"current":"…","previous":[]}. Earlier values: aws secretsmanager get-secret-value --secret-id ${SecretId} --version-stage AWSPREVIOUS`;
  let value: Partial<SecretValue> | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`the secret ${SecretId} is not JSON`, remedy);
  }
  if (typeof value?.current !== 'string' || value.current === '') {
    throw new CliError(`the secret ${SecretId} has no "current"`, remedy);
  }
  if (value.previous !== undefined && !Array.isArray(value.previous)) {
    throw new CliError(`"previous" of the secret ${SecretId} is not a list`, remedy);
  }
  return { ...value, current: value.current, previous: value.previous ?? [] };
}
