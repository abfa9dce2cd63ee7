/** What a failure of the store means and what to do about it, in words. */

import { errorCode } from '../aws/errors.js';

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
  ClockSkewed: 'until then requests are signed by the clock of AWS',
  ConnectionClosed: 'the connection was cut: try again',
  ECONNRESET: 'the connection was cut: try again',
  EPIPE: 'the connection was cut: try again',
  UnreadableReply: 'check what stands between this machine and the endpoint',
  TimeoutError: 'no answer in time: check the network and the endpoint',
  AbortError: 'no answer in time: check the network and the endpoint',
  ValidationException: 'the table is not as it should be: run `liveinsight tables check`',
};

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
