/** The secrets, created with random values. The CLI rotates them; functions read them again every five minutes. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { SecretName } from './function-specs.js';
import type { Deployment } from './options.js';

export type Secrets = Record<SecretName, Secret>;

const WHY_NOT_ROTATED = {
  secret: 'stored unique counts derive from it; after a change, all visitors would count as new',
  'read-keys':
    'people and programs use it; `liveinsight keys rotate` adds a key, `keys retire` removes the old one',
  'admin-keys':
    'people and programs use it; `liveinsight keys rotate` adds a key, `keys retire` removes the old one',
  origin: 'it must change together with the distribution: `liveinsight keys rotate`, then deploy',
};

const descriptions = (environment: string): Record<SecretName, string> => {
  const rotate = `Rotate with: liveinsight keys rotate ${environment}`;
  return {
    secret: 'Root secret of shards, unique counts and daily salts. Never change it.',
    'read-keys': `Keys for reading. ${rotate} read`,
    'admin-keys': `Keys for erasing, importing and settings. ${rotate} admin`,
    origin: `Header value that proves requests come from CloudFront. ${rotate} origin`,
  };
};

export function createSecrets(
  scope: Construct,
  { environment, keepData, encryptionKey }: Deployment,
): Secrets {
  const make = (name: SecretName, id: string) => {
    const secret = new Secret(scope, id, {
      secretName: `liveinsight/${environment}/${name}`,
      description: descriptions(environment)[name],
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'current',
        passwordLength: 40,
        excludePunctuation: true,
      },
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(encryptionKey ? { encryptionKey } : {}),
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: WHY_NOT_ROTATED[name] });
    return secret;
  };
  return {
    secret: make('secret', 'Secret'),
    'read-keys': make('read-keys', 'ReadKeys'),
    'admin-keys': make('admin-keys', 'AdminKeys'),
    origin: make('origin', 'OriginSecret'),
  };
}
