/** A deployment on AWS. The names of its resources derive from its name. */
import { existsSync, readFileSync } from 'node:fs';
import { configFileProblems } from '@liveinsight/collector/config';
import { InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.js';

export const CONFIG_FILE = 'liveinsight.config.json';

/** The operations guide, which is not part of the package. */
export const OPERATIONS = 'https://github.com/liveinsight/liveinsight/blob/main/docs/operations';

/** Functions of a deployment; `drain` only where ingest is buffered. */
export const FUNCTIONS = ['ingest', 'read', 'rollup', 'admin', 'drain'];

export interface Deployment {
  environment: string;
  /** Undefined: the region of the AWS environment. */
  region: string | undefined;
}

export const resourceName = ({ environment }: Deployment, part: string) =>
  `liveinsight-${environment}-${part}`;

export const secretName = ({ environment }: Deployment, secret: string) =>
  `liveinsight/${environment}/${secret}`;

export function parseEnvironment(text: string): string {
  if (/^[a-z0-9-]{1,16}$/.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 16 of a-z, 0-9 and -, for example prod.');
}

/** Takes the region from the configuration file, if the working directory has one. */
export function getDeployment(environment: string): Deployment {
  const config = existsSync(CONFIG_FILE) ? readConfig(CONFIG_FILE) : {};
  const region = typeof config.region === 'string' ? config.region : undefined;
  return { environment, region };
}

export function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) {
    throw new CliError(
      `${path} not found`,
      'Create it, for example: {"region":"us-east-1","sites":[{"id":"shop","origins":["https://shop.example"]}]}',
    );
  }
  const config = parseConfig(path);
  const problems = configFileProblems(config, path);
  if (problems.length > 0) {
    throw new CliError(`${path}: ${problems.join('; ')}`, `See ${OPERATIONS}/README.md for the options.`);
  }
  return config;
}

function parseConfig(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path}: ${error instanceof Error ? error.message : error}`, 'Fix the JSON syntax.');
  }
}

/** Time for a connection, and for a response after it. A call that gets none in time is repeated by AWS's own rules. */
const CONNECTION_TIMEOUT_MS = 3_000;
const RESPONSE_TIMEOUT_MS = 6_000;

/** Options for clients of the AWS SDK: none waits for an answer without end. */
export const clientOptions = ({ region }: Deployment, responseTimeoutMs = RESPONSE_TIMEOUT_MS) => ({
  ...(region === undefined ? {} : { region }),
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: responseTimeoutMs,
    throwOnRequestTimeout: true,
  },
});
