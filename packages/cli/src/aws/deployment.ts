/** A deployment on AWS as the command line knows it: by its name, from which all names of its parts follow. */
import { existsSync, readFileSync } from 'node:fs';
import { configFileProblems } from '@liveinsight/collector/config';
import { InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.js';

export const CONFIG_FILE = 'liveinsight.config.json';

/** Where the handbook is read: it is not installed with the command. */
export const OPERATIONS = 'https://github.com/liveinsight/liveinsight/blob/main/docs/operations';

/** Functions of a deployment; `drain` only where ingest is buffered. */
export const FUNCTIONS = ['ingest', 'read', 'rollup', 'admin', 'drain'];

export interface Deployment {
  environment: string;
  /** Undefined: what the AWS environment says. */
  region: string | undefined;
}

export const resourceName = ({ environment }: Deployment, part: string) =>
  `liveinsight-${environment}-${part}`;

export const secretName = ({ environment }: Deployment, secret: string) =>
  `liveinsight/${environment}/${secret}`;

export function parseEnvironment(text: string): string {
  if (/^[a-z0-9-]{1,16}$/.test(text)) return text;
  throw new InvalidArgumentError('The name of a deployment is 1 to 16 of a-z, 0-9 and -, as prod.');
}

/** The region is the configuration's, where there is one here. */
export function getDeployment(environment: string): Deployment {
  const config = existsSync(CONFIG_FILE) ? readConfig(CONFIG_FILE) : {};
  const region = typeof config.region === 'string' ? config.region : undefined;
  return { environment, region };
}

export function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) {
    throw new CliError(
      `there is no ${path} here`,
      'Write it: {"region":"us-east-1","sites":[{"id":"shop","origins":["https://shop.example"]}]}',
    );
  }
  const config = parseConfig(path);
  const problems = configFileProblems(config, path);
  if (problems.length > 0) {
    throw new CliError(
      `${path}: ${problems.join('; ')}`,
      `${OPERATIONS}/README.md has what the file may say.`,
    );
  }
  return config;
}

function parseConfig(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path}: ${error instanceof Error ? error.message : error}`, 'Correct its JSON.');
  }
}

/** Options of a client of the SDK. */
export const clientOptions = ({ region }: Deployment) => (region === undefined ? {} : { region });
