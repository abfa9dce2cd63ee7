/** Where a service is and who asks: what is given, else the environment, else whatever the SDK finds. */
import { readFlag, toEndpoint } from './endpoint.js';
import { renewing } from './renewing.js';
import type { AwsService } from './service.js';
import type { Credentials } from './signature.js';

export interface ConnectionOptions {
  /** Default: `AWS_REGION`, else the profile's; `us-east-1` where the endpoint is on this machine. */
  region?: string;
  /** Default: `AWS_ENDPOINT_URL_DYNAMODB` (of another service its own), else `AWS_ENDPOINT_URL`, else AWS's own of the region. */
  endpoint?: string;
  /**
   * The credentials, or a function that returns them and is called again before they expire. Default:
   * `AWS_ACCESS_KEY_ID` and the variables beside it, else what the SDK's chain of providers finds (profiles, single
   * sign-on, roles of containers and machines). A database on this machine needs none.
   */
  credentials?: Credentials | (() => Promise<Credentials>);
}

export interface Place {
  endpoint: URL;
  region: string;
  /** Those that hold at the time, in ms since 1970. */
  credentials(nowMs: number): Credentials | Promise<Credentials>;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Rejects where there is no region, or nobody to ask for credentials. */
export async function findPlace(service: AwsService, options: ConnectionOptions): Promise<Place> {
  const known = knownPlace(service, options);
  let [fips, dualStack] = [readFlag('AWS_USE_FIPS_ENDPOINT'), readFlag('AWS_USE_DUALSTACK_ENDPOINT')];
  let { region, credentials } = known;
  if (region === undefined || credentials === undefined) {
    const found = await bySdk(region);
    region ??= await found.region();
    credentials ??= found.credentials;
    fips ??= await found.useFipsEndpoint();
    dualStack ??= await found.useDualstackEndpoint();
  }
  const flags = { fips: fips ?? false, dualStack: dualStack ?? false };
  return {
    endpoint: known.endpoint ?? new URL(toEndpoint(service.name, region, flags)),
    region,
    credentials: renewing(credentials),
  };
}

/** What options and environment say; a database on this machine gets a region and credentials where they say nothing. */
export function knownPlace(service: AwsService, options: ConnectionOptions) {
  const { env } = process;
  const given = options.endpoint ?? env[service.endpointVariable] ?? env.AWS_ENDPOINT_URL;
  const endpoint = given === undefined ? undefined : parseUrl(given, options, service);
  const isLocal = endpoint !== undefined && LOOPBACK.has(endpoint.hostname);
  return {
    endpoint,
    region: options.region ?? env.AWS_REGION ?? (isLocal ? 'us-east-1' : undefined),
    credentials: options.credentials ?? fromEnvironment() ?? (isLocal ? LOCAL : undefined),
  };
}

function parseUrl(given: string, { endpoint }: ConnectionOptions, { endpointVariable }: AwsService): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const name = endpoint === undefined ? `${endpointVariable} or AWS_ENDPOINT_URL` : 'endpoint';
  throw new Error(`${name} must be a URL as http://localhost:8000, got ${JSON.stringify(given)}`);
}

const LOCAL: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A profile that is named goes before keys in the environment, as everywhere with AWS. */
function fromEnvironment(): Credentials | undefined {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (AWS_PROFILE || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

async function bySdk(region: string | undefined) {
  let sdk: typeof import('@aws-sdk/client-dynamodb');
  try {
    sdk = await import('@aws-sdk/client-dynamodb');
  } catch (cause) {
    const message =
      'set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or install @aws-sdk/client-dynamodb, which looks for them elsewhere';
    throw Object.assign(new Error(message, { cause }), { name: 'CredentialsProviderError' });
  }
  return new sdk.DynamoDBClient(region === undefined ? {} : { region }).config;
}
