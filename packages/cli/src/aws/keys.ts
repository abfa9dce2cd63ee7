/** Shows, rotates and retires the keys of a deployment. A rotated key works until it is retired. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  paginateListSecretVersionIds,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { clientOptions, type Deployment, secretName } from './deployment.js';
import { isNotFound, withAwsHints } from './error-hints.js';
import { CACHED_MINUTES, readVersion, type SecretValue } from './secrets.js';

export const KINDS = ['read', 'admin', 'origin'] as const;
export type Kind = (typeof KINDS)[number];
const ACTIONS = ['show', 'rotate', 'retire'] as const;
export type Action = (typeof ACTIONS)[number];

const SECRETS: Record<Kind, string> = { read: 'read-keys', admin: 'admin-keys', origin: 'origin' };
const WITHIN = `within ${CACHED_MINUTES} minutes`;
/** People who rotate the same key at the same moment find each other's keys. */
const MAX_TURNS = 10;

export async function keys(action: Action, deployment: Deployment, kind: Kind): Promise<void> {
  const client = new SecretsManagerClient(clientOptions(deployment));
  const SecretId = secretName(deployment, SECRETS[kind]);
  try {
    await withAwsHints(deployment, `keys ${action}`, async () => {
      if (action === 'show') {
        print((await readVersion(client, SecretId)).value.current);
        return;
      }
      const { before, after } = await change(client, SecretId, action === 'rotate' ? rotate : retire);
      printResult(action, deployment, kind, after, before.previous.length);
    });
  } finally {
    client.destroy();
  }
}

const rotate = (value: SecretValue): SecretValue => ({
  ...value,
  current: randomBytes(30).toString('base64url'),
  previous: [value.current, ...value.previous],
});

const retire = (value: SecretValue): SecretValue => ({ ...value, previous: [] });

/**
 * Secrets Manager has no conditional write. So what others stored meanwhile, and this change replaced, is looked for
 * afterwards and accepted again: of several rotations at once, every key that a person was shown opens.
 */
async function change(
  client: SecretsManagerClient,
  SecretId: string,
  next: (value: SecretValue) => SecretValue,
): Promise<{ before: SecretValue; after: SecretValue }> {
  // A secret that does not exist, or has no keys, ends the command before any other call.
  await readVersion(client, SecretId);
  const known = new Set(await listVersions(client, SecretId));
  const { value: before } = await readVersion(client, SecretId);
  const after = next(before);
  await putVersion(client, SecretId, after);
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const ids = (await listVersions(client, SecretId)).filter((id) => !known.has(id));
    const stored = await Promise.all(ids.map((id) => readVersion(client, SecretId, id)));
    const { value } = await readVersion(client, SecretId);
    const accepted = new Set([value.current, ...value.previous]);
    const lost = [after, ...stored.map((version) => version.value)]
      .map(({ current }) => current)
      .filter((key) => !accepted.has(key));
    if (lost.length === 0) return { before, after };
    await putVersion(client, SecretId, { ...value, previous: [...value.previous, ...new Set(lost)] });
  }
  throw new CliError(
    `the secret ${SecretId} is being changed by others`,
    'Look with `liveinsight keys show`, and run the command again if the key is not accepted.',
  );
}

async function listVersions(client: SecretsManagerClient, SecretId: string): Promise<string[]> {
  const ids: string[] = [];
  const pages = paginateListSecretVersionIds({ client }, { SecretId, IncludeDeprecated: true });
  for await (const { Versions = [] } of pages)
    ids.push(...Versions.flatMap(({ VersionId }) => VersionId ?? []));
  return ids;
}

/** A response that was lost is looked for: the version may be stored although the call failed. */
async function putVersion(client: SecretsManagerClient, SecretId: string, value: SecretValue): Promise<void> {
  const ClientRequestToken = randomUUID();
  const SecretString = JSON.stringify(value);
  try {
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString }));
  } catch (error) {
    if (!(await isStored(client, SecretId, ClientRequestToken, error))) throw error;
  }
}

async function isStored(
  client: SecretsManagerClient,
  SecretId: string,
  VersionId: string,
  cause: unknown,
): Promise<boolean> {
  try {
    await client.send(new GetSecretValueCommand({ SecretId, VersionId }));
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw new CliError(
      `it is unknown whether the key was changed: ${cause instanceof Error ? cause.message : cause}`,
      'Look with `liveinsight keys show`. The old key stays valid in both cases.',
      { cause },
    );
  }
}

function printResult(
  action: Action,
  { environment }: Deployment,
  kind: Kind,
  value: SecretValue,
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
