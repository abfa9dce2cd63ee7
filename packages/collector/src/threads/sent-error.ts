/** Errors as they pass from thread to thread: those that callers know by their classes stay what they are. */
import { ApiError } from '../errors.js';
import { BodyTooLargeError, BodyUnavailableError } from '../http/request.js';
import { InvalidCursorError, StoreUnavailableError } from '../storage/event-store.js';

export interface SentError {
  name: string;
  message: string;
  stack?: string;
  /** Of a body that is too large. */
  limitBytes?: number;
}

export function toSentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return {
    ...{ name, message },
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof BodyTooLargeError ? { limitBytes: error.limitBytes } : {}),
  };
}

export function fromSentError(sent: SentError): Error {
  const error = create(sent);
  if (sent.stack !== undefined) error.stack = sent.stack;
  return error;
}

function create({ name, message, limitBytes = 0 }: SentError): Error {
  switch (name) {
    case 'BodyTooLargeError':
      return new BodyTooLargeError(limitBytes);
    case 'BodyUnavailableError':
      return new BodyUnavailableError(message);
    case 'InvalidCursorError':
      return new InvalidCursorError(message);
    case 'StoreUnavailableError':
      return new StoreUnavailableError(message);
    default:
      return Object.assign(new Error(message), { name });
  }
}

/** What waited for a thread that ended. */
export const threadEnded = (): ApiError =>
  new ApiError(
    'store_unavailable',
    'the thread that answers questions has ended and is started again: ask again in a second',
  );
