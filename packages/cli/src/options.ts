/** Options that several commands share, read and checked once. */
import { INSTANT_FORM, parseInstant } from '@liveinsight/schema';
import { InvalidArgumentError, Option } from 'commander';

export const DEFAULT_PORT = 4000;
export const DEFAULT_DATA = '.liveinsight';
export const DEFAULT_SITE = 'default';

export function portOption(description: string): Option {
  return new Option('-p, --port <number>', description)
    .env('PORT')
    .default(DEFAULT_PORT)
    .argParser(parsePort);
}

/** Has no default, because its presence selects the embedded database. */
export function dataOption(): Option {
  return new Option('-d, --data <folder>', `folder of the embedded database (default: "${DEFAULT_DATA}")`);
}

export function siteOption(): Option {
  return new Option(
    '-s, --site <id>',
    'site to use (default: LIVEINSIGHT_DEFAULT_SITE, or the only configured site)',
  );
}

export function awsOption(): Option {
  return new Option(
    '--aws',
    'use DynamoDB from the AWS environment, even if this folder has an embedded database',
  );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Use a whole number from 0 to 65535.');
}

export function parseTime(text: string): Date {
  const time = parseInstant(text);
  if (time === undefined) throw new InvalidArgumentError(`Use ${INSTANT_FORM}.`);
  return new Date(time);
}

export function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return withoutEndSlashes(text);
  throw new InvalidArgumentError('Use a URL like http://localhost:4000 or https://shop.example.');
}

export function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
