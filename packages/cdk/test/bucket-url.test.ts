/** The files of a deployment reach their bucket in every partition. */
import { afterEach, expect, it, vi } from 'vitest';
import { toBucketUrl } from '../functions/runtime/bucket-url.js';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['eu-central-1', 'https://files.s3.eu-central-1.amazonaws.com'],
  ['cn-north-1', 'https://files.s3.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'https://files.s3.us-gov-west-1.amazonaws.com'],
])('is at the host of S3 in %s', (AWS_REGION, url) => {
  expect(toBucketUrl('files', { AWS_REGION })).toBe(url);
});

it('is at the FIPS endpoint where those are asked for', () => {
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  expect(toBucketUrl('files', { AWS_REGION: 'us-gov-west-1' })).toBe(
    'https://files.s3-fips.us-gov-west-1.amazonaws.com',
  );
});
