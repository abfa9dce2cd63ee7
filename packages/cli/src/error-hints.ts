/** Adds a hint to errors of the database. */
import { CliError } from './cli-error.js';

const HINTS: [RegExp, string][] = [
  [/Region is missing/, 'Set AWS_REGION, or pass the folder of an embedded database with --data.'],
  [/credential/i, 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or use --data.'],
  [/AccessDenied|not authorized/i, 'Grant these credentials the action named above.'],
  [/ECONNREFUSED/, 'Nothing is listening there. Start the database, or check AWS_ENDPOINT_URL_DYNAMODB.'],
  [/ENOTFOUND|EAI_AGAIN/, 'Unknown host. Check AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and your network.'],
  [
    /UnrecognizedClient|InvalidSignature|ExpiredToken/,
    'Renew the credentials, and check the clock of this machine.',
  ],
];

const ASK_DOCTOR = 'Run `liveinsight doctor` to find the problem.';
/** What the doctor says of an error that it does not know. */
const LOOK_YOURSELF = 'Check that the database runs, and that the network leads to it; then run this again.';

export function toCliError(error: unknown, fallback = ASK_DOCTOR): CliError {
  const text = toText(error);
  const remedy = HINTS.find(([pattern]) => pattern.test(text))?.[1];
  return new CliError(text, remedy ?? fallback, { cause: error });
}

/** For findings of the doctor, whose advice cannot be to run it. */
export const describeFailure = (error: unknown): CliError => toCliError(error, LOOK_YOURSELF);

function toText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors.map(toText).join(', ') : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return [code === 'Error' ? '' : code, error.message, inner].filter(Boolean).join(': ');
}
