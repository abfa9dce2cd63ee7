/** Why a request to the API failed. */

export type ApiErrorKind =
  /** No key, or none that is known. */
  | 'unauthorized'
  /** The key is known, but not for this. */
  | 'forbidden'
  /** The request is invalid: `message` says why. */
  | 'invalid'
  /** No response, or not in time. */
  | 'unreachable'
  /** The server failed or is overloaded. */
  | 'failed';

export class ApiError extends Error {
  constructor(
    readonly kind: ApiErrorKind,
    /** The API's own message; empty without one. */
    message = '',
  ) {
    super(message);
  }
}

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('unreachable');

export function fromResponse(status: number, message: string): ApiError {
  if (status === 401) return new ApiError('unauthorized', message);
  if (status === 403) return new ApiError('forbidden', message);
  if (status >= 400 && status < 500 && status !== 429) return new ApiError('invalid', message);
  return new ApiError('failed', message);
}
