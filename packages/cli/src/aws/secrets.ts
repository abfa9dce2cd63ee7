/** Reads a deployment's secrets as its functions do. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CliError } from '../cli-error.js';

/** Those that are rotated; the root secret never is. */
export const SECRET_NAMES = ['read-keys', 'admin-keys', 'origin'];

export interface SecretValue {
  current: string;
  /** Rotated and still accepted. */
  previous: string[];
}

/** Functions read the secrets again after this long. */
export const CACHED_MINUTES = 5;

/** Everything that is in the secret, also what this version does not know. */
export async function readVersion(
  client: SecretsManagerClient,
  SecretId: string,
  VersionId?: string,
): Promise<{ value: SecretValue; changedAt: Date | undefined }> {
  const { SecretString = '', CreatedDate } = await client.send(
    new GetSecretValueCommand({ SecretId, ...(VersionId === undefined ? {} : { VersionId }) }),
  );
  return { value: parseSecret(SecretId, SecretString), changedAt: CreatedDate };
}

/** When all functions know a change of `changedAt`; undefined where they do already. */
export function inForceAt(changedAt: Date | undefined, now: number): Date | undefined {
  const at = (changedAt?.getTime() ?? 0) + CACHED_MINUTES * 60_000;
  return at > now ? new Date(at) : undefined;
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
