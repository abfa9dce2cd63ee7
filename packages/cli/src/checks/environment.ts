/** What the environment says: where DynamoDB is and who may use it, the collector's sites, keys and secret. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { readFlag, toEndpoint } from '@liveinsight/collector/aws';
import { RECOMMENDED_KEY_CHARS } from '@liveinsight/collector/config';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { namedEndpoint } from '../database/endpoint.js';
import { findRegion } from '../database/find-region.js';
import { type Finding, ok, problem, warning } from './finding.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The endpoint that the environment leads to, or undefined where it leads nowhere. */
export async function resolveEndpoint(): Promise<string | undefined> {
  const named = namedEndpoint();
  if (named) return named;
  const region = await findRegion();
  const flags = {
    fips: readFlag('AWS_USE_FIPS_ENDPOINT') ?? false,
    dualStack: readFlag('AWS_USE_DUALSTACK_ENDPOINT') ?? false,
  };
  return region && toEndpoint('dynamodb', region, flags);
}

const NAMES =
  /^(AWS_(ACCESS_KEY_ID|DEFAULT_REGION|PROFILE|REGION|ROLE_ARN)|AWS_(CONTAINER|ENDPOINT)_.*|LIVEINSIGHT_.*|(EVENTS|ROLLUPS)_TABLE)$/;

/** Whether the environment names neither a database, nor an account, nor a collector. */
export async function isEnvironmentEmpty(): Promise<boolean> {
  return !Object.keys(process.env).some((name) => NAMES.test(name)) && (await findRegion()) === undefined;
}

export const noDatabaseFound = (): Finding =>
  problem(
    'database',
    'no embedded database in this folder, and no database in the environment variables',
    'Start one with `liveinsight dev`, or pass its folder with --data. To check an AWS account, pass --aws.',
  );

export async function checkAws(): Promise<Finding[]> {
  const endpoint = namedEndpoint();
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    return [
      problem(
        'endpoint',
        `${endpoint} is not a URL`,
        'Set AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL to http://host:port.',
      ),
    ];
  }
  if (endpoint !== undefined && LOOPBACK.has(new URL(endpoint).hostname)) {
    return [ok('endpoint', `${endpoint}, on this machine: no account needed`)];
  }
  const region = await findRegion();
  return [
    ...(endpoint ? [ok('endpoint', endpoint)] : []),
    region
      ? ok('region', region)
      : problem(
          'region',
          'not set',
          'Set AWS_REGION, for example to eu-central-1, or a region in your AWS profile.',
        ),
    await checkCredentials(region),
  ];
}

async function checkCredentials(region: string | undefined): Promise<Finding> {
  const client = new DynamoDBClient({ region: region ?? 'us-east-1' });
  try {
    const { accessKeyId, expiration } = await client.config.credentials();
    const until = expiration ? `, until ${expiration.toISOString()}` : '';
    return ok('credentials', `access key ending in ${accessKeyId.slice(-4)}${until}`);
  } catch (error) {
    return problem(
      'credentials',
      error instanceof Error ? error.message : String(error),
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role.',
    );
  } finally {
    client.destroy();
  }
}

/** The collector's own reading of its variables, so that the doctor is never kinder or stricter than it. */
export function checkCollectorOptions(): Finding[] {
  try {
    const options = optionsFromEnvironment(process.env);
    // It asks nothing of the store before it is used.
    createCollector({ ...options, store: dynamoStore({ endpoint: 'http://127.0.0.1:1' }) });
    const open = options.sites.filter(({ origins }) => !origins?.length).map(({ id }) => id);
    return [
      ok('secret', 'LIVEINSIGHT_SECRET is set'),
      ok('sites', options.sites.map(({ id }) => id).join(', ')),
      ...(open.length > 0
        ? [
            warning(
              'origins',
              `any website can send events to: ${open.join(', ')}`,
              'Set "origins" of each site in LIVEINSIGHT_SITES, for example to ["https://shop.example"].',
            ),
          ]
        : [ok('origins', 'each site accepts events only from its own origins')]),
      checkKeys(
        'read keys',
        'LIVEINSIGHT_READ_KEYS',
        options.readKeys?.length ?? 0,
        'reading and the dashboard',
      ),
      checkKeys(
        'admin keys',
        'LIVEINSIGHT_ADMIN_KEYS',
        options.adminKeys?.length ?? 0,
        'erasing, importing, settings',
      ),
    ];
  } catch (error) {
    return [
      problem(
        'collector',
        error instanceof Error ? error.message : String(error),
        'Set the variables as for the collector.',
      ),
    ];
  }
}

function checkKeys(check: string, variable: string, count: number, what: string): Finding {
  return count > 0
    ? ok(check, `${count} in ${variable}`)
    : warning(
        check,
        `none set: ${what} will be rejected`,
        `Set ${variable} to a random text of at least ${RECOMMENDED_KEY_CHARS} characters.`,
      );
}
