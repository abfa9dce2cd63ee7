/** The secrets: made once with random values, which the command line rotates and functions read again every five minutes. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { SecretName } from './function-specs.js';
import type { Deployment } from './options.js';

export type Secrets = Record<SecretName, Secret>;

const WHY_NOT_ROTATED = {
  secret:
    'the hashes in stored numbers derive from it: it is kept for ever, or visitors would be counted anew',
  'read-keys':
    'people and programs hold it: `liveinsight keys rotate` adds a key, and retires the old one later',
  'admin-keys':
    'people and programs hold it: `liveinsight keys rotate` adds a key, and retires the old one later',
  origin: 'it changes together with the distribution, by `liveinsight keys rotate` and a deployment',
};

const descriptions = (environment: string): Record<SecretName, string> => {
  const rotate = `Rotate by: liveinsight keys rotate ${environment}`;
  return {
    secret: 'Keys of shards, sketches and daily salts derive from it. Never change it.',
    'read-keys': `Keys for reading. ${rotate} read`,
    'admin-keys': `Keys for erasing, importing and settings. ${rotate} admin`,
    origin: `What CloudFront adds to requests, so that functions know them. ${rotate} origin`,
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
