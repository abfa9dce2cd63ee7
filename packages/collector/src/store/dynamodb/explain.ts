/** What a failure of the store means and what to do about it, in words. */

const REMEDIES: Record<string, string> = {
  ResourceNotFoundException:
    'a table is missing: run `liveinsight tables create`, or check EVENTS_TABLE and ROLLUPS_TABLE',
  AccessDeniedException: 'the credentials lack a permission: allow what the message names',
  AccessDenied: 'the credentials lack a permission: allow what the message names',
  UnrecognizedClientException: 'the access key is not known there: check the credentials and the region',
  InvalidSignatureException: 'the signature was refused: check the secret key and this machine’s clock',
  ExpiredTokenException: 'the credentials have expired: renew them',
  CredentialsProviderError:
    'no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give a role',
  ECONNREFUSED: 'nothing listens there: start the database, or check AWS_ENDPOINT_URL_DYNAMODB',
  ENOTFOUND: 'the host is not known: check AWS_REGION and AWS_ENDPOINT_URL_DYNAMODB',
  EAI_AGAIN: 'the host could not be looked up: check the network',
  ConnectionClosed: 'the connection was cut: try again',
  ECONNRESET: 'the connection was cut: try again',
  TimeoutError: 'no answer in time: check the network and the endpoint',
  AbortError: 'no answer in time: check the network and the endpoint',
  ValidationException: 'the table is not as it should be: run `liveinsight tables check`',
};

/** An error's code, as DynamoDB, the SDK or the socket names it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : inner?.code;
  return typeof code === 'string' ? code : error.name;
}

/** One line: what went wrong and the remedy, where one is known. */
export function explain(error: unknown): string {
  const code = errorCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const message = text.startsWith('Region is missing')
    ? 'no region: set AWS_REGION, or AWS_ENDPOINT_URL_DYNAMODB for a database of your own'
    : REMEDIES[code];
  const what = text === '' || text === code ? code : `${code}: ${text}`;
  return message ? `${what} (${message})` : what;
}

const PASSING = new Set([
  'ConnectionClosed',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TransactionConflict',
  'TransactionConflictException',
]);

/** Whether the same may well succeed a moment later: the store throttles, or had closed an idle connection. */
export const isPassing = (code: string) => PASSING.has(code);
