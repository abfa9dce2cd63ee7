/** Calls of services that may be made twice: tried again whenever the service, not the request, is at fault. */
import { isPassing, patiently } from '@liveinsight/collector/aws';

const AT_FAULT = new Set([
  'ECONNRESET',
  'InternalFailure',
  'InternalServerError',
  'InternalServiceError',
  'OverLimit',
  'RequestThrottled',
  'ServiceUnavailable',
]);

export const persistently = <Reply>(call: () => Promise<Reply>): Promise<Reply> =>
  patiently(call, (code) => isPassing(code) || AT_FAULT.has(code));
