/** Errors told apart by their code. */

/** An error's code, as the service, the SDK or the socket names it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : inner?.code;
  return typeof code === 'string' ? code : error.name;
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

/** Whether the same may well succeed a moment later: the service throttles, or had closed an idle connection. */
export const isPassing = (code: string) => PASSING.has(code);
