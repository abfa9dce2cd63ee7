/** Where a bucket is: the host that S3 has in the partition of the function's region. */
import { readFlag, toEndpoint } from '@liveinsight/collector/aws';

export function toBucketUrl(
  bucket: string,
  { AWS_REGION = '', AWS_ENDPOINT_URL_S3 }: NodeJS.ProcessEnv = process.env,
): string {
  if (AWS_ENDPOINT_URL_S3) return `${AWS_ENDPOINT_URL_S3}/${bucket}`;
  const flags = { fips: readFlag('AWS_USE_FIPS_ENDPOINT') ?? false, dualStack: false };
  return toEndpoint('s3', AWS_REGION, flags).replace('https://', `https://${bucket}.`);
}
