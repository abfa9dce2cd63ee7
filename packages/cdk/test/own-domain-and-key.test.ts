import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { deployments, statementsOf, synthesise } from './deployments.js';

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000';
const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000';
const NAME = 'stats.shop.example';

describe('a deployment with a domain and a key of its own', () => {
  const stack = synthesise(deployments.everything ?? { sites: [] }, (scope) => ({
    domain: { names: [NAME], certificate: Certificate.fromCertificateArn(scope, 'Certificate', CERTIFICATE) },
    encryptionKey: Key.fromKeyArn(scope, 'Key', KEY),
  }));

  it('has no finding of AwsSolutions that is not explained', () => {
    expect(stack.findings).toEqual([]);
  });

  it('is reached by its names, over TLS 1.2 or later', () => {
    const [distribution] = stack.of('AWS::CloudFront::Distribution');
    expect(distribution?.Properties.DistributionConfig).toMatchObject({
      Aliases: [NAME],
      ViewerCertificate: {
        AcmCertificateArn: CERTIFICATE,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
  });

  it('encrypts tables, secrets and queues with its key', () => {
    const sealed = [
      ...stack.of('AWS::DynamoDB::Table').map(({ Properties }) => Properties.SSESpecification.KMSMasterKeyId),
      ...stack.of('AWS::SecretsManager::Secret').map(({ Properties }) => Properties.KmsKeyId),
      ...stack.of('AWS::SQS::Queue').map(({ Properties }) => Properties.KmsMasterKeyId),
    ];
    expect(sealed.length).toBeGreaterThanOrEqual(6);
    expect(new Set(sealed)).toEqual(new Set([KEY]));
  });

  it.each(['ingest', 'read', 'rollup', 'admin', 'drain'])('lets %s use that key and no other', (name) => {
    const uses = statementsOf(stack, name).filter(({ Action }) =>
      Action.some((action) => action.startsWith('kms:')),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(new Set(uses.flatMap(({ Resource }) => Resource))).toEqual(new Set([KEY]));
    expect(uses.flatMap(({ Action }) => Action).filter((action) => action === 'kms:*')).toEqual([]);
  });
});
