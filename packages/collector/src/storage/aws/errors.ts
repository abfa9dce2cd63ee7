/** Errors told apart by their code. */

/** An error's code, as the service, the SDK or the socket names it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : inner?.code;
  return typeof code === 'string' ? code : error.name;
}

/** The service failed, or its answer was lost: what was asked may have been done. */
const UNCERTAIN = new Set([
  'ConnectionClosed',
  'ECONNRESET',
  'EPIPE',
  'InternalFailure',
  'InternalServerError',
  'InternalServiceError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'UnreadableReply',
]);

const TRANSIENT = new Set([
  ...UNCERTAIN,
  'ClockSkewed',
  'OverLimit',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TransactionConflict',
  'TransactionConflictException',
]);

/**
 * Whether the same may well succeed a moment later: the service throttles or fails, the connection was cut, or the
 * request was signed by a clock that has been corrected since. The SDK repeats the same ones.
 */
export const isTransient = (code: string) => TRANSIENT.has(code);

/** Whether a request that failed so may have been executed, by this attempt or by one that the driver made before. */
export function mayBeExecuted(error: unknown): boolean {
  if (UNCERTAIN.has(errorCode(error))) return true;
  return error instanceof Error && 'mayBeRepeated' in error && error.mayBeRepeated === true;
}
