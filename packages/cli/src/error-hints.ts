/** What the SDK throws, in words that lead on. */
import { CliError } from './cli-error.js';

const REMEDIES: [RegExp, string][] = [
  [/Region is missing/, 'Set AWS_REGION, or give a folder for the embedded database with --data.'],
  [/credential/i, 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or use --data.'],
  [/AccessDenied|not authorized/i, 'Allow the action that the message names to these credentials.'],
  [/ECONNREFUSED/, 'Nothing listens there: start the database, or check AWS_ENDPOINT_URL_DYNAMODB.'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'The host is not known: check AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and the network.',
  ],
  [
    /UnrecognizedClient|InvalidSignature|ExpiredToken/,
    'Renew the credentials, and check this machine’s clock.',
  ],
];

export function toCliError(error: unknown): CliError {
  const text = toText(error);
  const remedy = REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
  return new CliError(text, remedy ?? 'Run `liveinsight doctor` to see what is reachable.', { cause: error });
}

function toText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors.map(toText).join(', ') : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return [code === 'Error' ? '' : code, error.message, inner].filter(Boolean).join(': ');
}
