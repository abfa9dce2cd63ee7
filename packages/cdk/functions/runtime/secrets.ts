/** Values kept in Secrets Manager: read when a process starts, and again every few minutes, so that a rotation needs no deployment. */
import { type AwsService, awsClient, retryTransient } from '@liveinsight/collector/aws';

const SECRETS_MANAGER: AwsService = {
  name: 'secretsmanager',
  target: 'secretsmanager',
  contentType: 'application/x-amz-json-1.1',
  endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
};

/** What one of our secrets holds. `previous` are still accepted: rotation never locks anyone out at once. */
export interface SecretValue {
  current: string;
  previous: string[];
  /** Of read and admin keys: those that open some sites only. */
  limited: { key: string; sites: string[] }[];
}

export interface Secrets {
  /** The value of the secret whose id is in that environment variable; nothing where the variable is not set. */
  read(variable: string): Promise<SecretValue | undefined>;
}

export function awsSecrets(env: Record<string, string | undefined>): Secrets {
  const client = awsClient(SECRETS_MANAGER);
  return {
    async read(variable) {
      const id = env[variable];
      if (!id) return undefined;
      const body = JSON.stringify({ SecretId: id });
      const { SecretString } = await retryTransient(() =>
        client.call<{ SecretString?: string }>('GetSecretValue', body),
      );
      return parse(variable, SecretString ?? '');
    },
  };
}

function parse(variable: string, text: string): SecretValue {
  let value: Partial<SecretValue>;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`the secret of ${variable} is not JSON: it must be {"current":"…"}`);
  }
  if (typeof value?.current !== 'string' || value.current === '') {
    throw new Error(`the secret of ${variable} has no "current": it must be {"current":"…"}`);
  }
  return { current: value.current, previous: value.previous ?? [], limited: value.limited ?? [] };
}
