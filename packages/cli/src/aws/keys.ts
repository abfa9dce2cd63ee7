/** Shows, rotates and retires the keys of a deployment. A rotated key works until it is retired. */
import { randomBytes } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { print } from '../print.js';
import { clientOptions, type Deployment, secretName } from './deployment.js';
import { withAwsHints } from './error-hints.js';

export const KINDS = ['read', 'admin', 'origin'] as const;
export type Kind = (typeof KINDS)[number];
const ACTIONS = ['show', 'rotate', 'retire'] as const;
export type Action = (typeof ACTIONS)[number];

interface Value {
  current: string;
  previous?: string[];
}

const SECRETS: Record<Kind, string> = { read: 'read-keys', admin: 'admin-keys', origin: 'origin' };
/** How long functions cache the secrets. */
const WITHIN = 'within 5 minutes';

export async function keys(action: Action, deployment: Deployment, kind: Kind): Promise<void> {
  const client = new SecretsManagerClient(clientOptions(deployment));
  const SecretId = secretName(deployment, SECRETS[kind]);
  try {
    await withAwsHints(deployment, `keys ${action}`, async () => {
      const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
      const value: Value = JSON.parse(SecretString);
      if (action === 'show') {
        print(value.current);
        return;
      }
      const next = action === 'rotate' ? rotated(value) : { ...value, previous: [] };
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(next) }));
      printResult(action, deployment, kind, next, value.previous?.length ?? 0);
    });
  } finally {
    client.destroy();
  }
}

const rotated = (value: Value): Value => ({
  ...value,
  current: randomBytes(30).toString('base64url'),
  previous: [value.current, ...(value.previous ?? [])],
});

function printResult(
  action: Action,
  { environment }: Deployment,
  kind: Kind,
  value: Value,
  retired: number,
): void {
  if (action === 'retire') {
    print(
      `Retired ${retired} ${kind === 'origin' ? 'origin secrets' : `${kind} keys`}. They stop working ${WITHIN}.`,
    );
    return;
  }
  if (kind === 'origin') {
    print(`The new origin secret is accepted ${WITHIN}. The previous one stays valid.`);
    print(
      'After that, increase "originRotation" in liveinsight.config.json by one (not needed with Terraform)',
    );
    print(`and run \`liveinsight deploy ${environment}\`, so that CloudFront sends the new one.`);
    print(`Then run \`liveinsight keys retire ${environment} origin\`.`);
    return;
  }
  print(value.current);
  print(`This ${kind} key works ${WITHIN}. Previous keys stay valid: replace them with the new one,`);
  print(`then run \`liveinsight keys retire ${environment} ${kind}\`.`);
}
