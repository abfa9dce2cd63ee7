/** The host of a service in a region, by the rules that the SDK's clients have: a test compares every partition with them. */

export interface EndpointFlags {
  /** Modules validated by FIPS 140: `AWS_USE_FIPS_ENDPOINT`. */
  fips: boolean;
  /** Reachable by IPv6, too: `AWS_USE_DUALSTACK_ENDPOINT`. */
  dualStack: boolean;
}

/** Partitions of AWS by what their regions begin with, each with its domains: by IPv4 alone, and by both. */
const PARTITIONS: [regions: RegExp, domain: string, dualStackDomain: string][] = [
  [/^cn-/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^eusc-/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^us-iso-/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^eu-isoe-/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
];
const COMMERCIAL = ['amazonaws.com', 'api.aws'] as const;

/** Services whose ordinary endpoints in GovCloud are the FIPS ones. */
const FIPS_BY_DEFAULT_IN_GOVCLOUD = new Set(['dynamodb', 'sqs']);

export function toEndpoint(service: string, region: string, { fips, dualStack }: EndpointFlags): string {
  if (!/^[a-z0-9-]{1,63}$/i.test(region))
    throw new Error(
      `the region must be one as eu-central-1, got ${JSON.stringify(region)}: check AWS_REGION`,
    );
  const [, ...domains] = PARTITIONS.find(([regions]) => regions.test(region)) ?? ['', ...COMMERCIAL];
  const isOrdinary =
    !fips || (!dualStack && region.startsWith('us-gov-') && FIPS_BY_DEFAULT_IN_GOVCLOUD.has(service));
  return `https://${service}${isOrdinary ? '' : '-fips'}.${region}.${domains[dualStack ? 1 : 0]}`;
}

/** The environment's flag, or undefined where it says nothing. */
export function readFlag(name: 'AWS_USE_FIPS_ENDPOINT' | 'AWS_USE_DUALSTACK_ENDPOINT'): boolean | undefined {
  const value = process.env[name];
  if (!value) return undefined;
  if (value !== 'true' && value !== 'false')
    throw new Error(`${name} must be true or false, got ${JSON.stringify(value)}`);
  return value === 'true';
}
