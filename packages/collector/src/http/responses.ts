/** The only place that knows status codes. */
import type { ImportData, IngestData, IssueCode } from '@liveinsight/schema';
import type { ApiError, FailureCode } from '../errors.js';
import type { CollectorReply } from './request.js';

/** Seconds after which a client may try again what could not be stored. */
const RETRY_AFTER_S = 1;

const FAILURE_STATUS: Record<Exclude<FailureCode, 'refused'>, number> = {
  not_found: 404,
  method_not_allowed: 405,
  unauthorized: 401,
  forbidden: 403,
  conflict: 409,
  rate_limited: 429,
  store_unavailable: 503,
  overloaded: 503,
  not_supported: 501,
  internal: 500,
};

const ISSUE_STATUS: Partial<Record<IssueCode, number>> = {
  body_too_large: 413,
  too_many_events: 413,
  invalid_encoding: 415,
  unknown_site: 403,
  origin_not_allowed: 403,
};
/** Of any other issue. */
const BAD_REQUEST = 400;

export function success(data: unknown): CollectorReply {
  return json(200, { status: 'success', data });
}

/** What became of a batch: stored, to be sent again, or nothing in it that could be stored. */
export function ingestResponse(data: IngestData): CollectorReply {
  if (data.retry) {
    const message = `${data.retry_events?.length ?? 0} events could not be stored now: send the batch again`;
    return json(
      503,
      { status: 'error', code: 'store_unavailable', message, data },
      { 'retry-after': String(RETRY_AFTER_S) },
    );
  }
  if (data.accepted > 0 || (data.excluded ?? 0) > 0) return success(data);
  const [first] = data.rejected;
  const message = `no event could be stored: ${first?.message ?? 'there was none'}`;
  return json(BAD_REQUEST, { status: 'error', code: first?.code ?? 'invalid_body', message, data });
}

/** What became of an import: all of it told, or to be sent again. */
export function importResponse(data: ImportData): CollectorReply {
  if (data.retry) {
    const message = `the store failed at some of the first ${data.lines} lines: send the same lines again`;
    return json(
      503,
      { status: 'error', code: 'store_unavailable', message, data },
      { 'retry-after': String(RETRY_AFTER_S) },
    );
  }
  const [first] = data.refused;
  if (data.accepted > 0 || !first) return success(data);
  const message = `no event could be stored: line ${first.line}: ${first.message}`;
  return json(BAD_REQUEST, { status: 'error', code: first.code, message, data }, {});
}

export function errorResponse({ code, message, issues, headers }: ApiError): CollectorReply {
  const body = {
    status: 'error',
    // Of a rejected request the first issue's: it says more than that something is wrong.
    code: code === 'refused' ? (issues[0]?.code ?? 'invalid_body') : code,
    message,
    ...(issues.length > 0 ? { data: { issues } } : {}),
  };
  const retry = code === 'store_unavailable' ? { 'retry-after': String(RETRY_AFTER_S) } : {};
  return json(getStatus(code, issues[0]?.code), body, { ...retry, ...headers });
}

function getStatus(code: FailureCode, issue: IssueCode | undefined): number {
  if (code !== 'refused') return FAILURE_STATUS[code];
  return (issue && ISSUE_STATUS[issue]) ?? BAD_REQUEST;
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): CollectorReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

export const noContent = (): CollectorReply => ({ status: 204, headers: {}, body: undefined });

export function file(body: string | Uint8Array, headers: Record<string, string>): CollectorReply {
  return { status: 200, headers, body };
}

export const notModified = (headers: Record<string, string>): CollectorReply => ({
  status: 304,
  headers,
  body: undefined,
});

/** A file of raw data, whole or as it is read, or a part of one with the cursor of what follows. */
export function download(
  contentType: string,
  fileName: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
  cursor?: string,
): CollectorReply {
  const reply = stream(contentType, body);
  if (cursor !== undefined) reply.headers['x-next-cursor'] = cursor;
  reply.headers['content-disposition'] = `attachment; filename="${fileName}"`;
  return reply;
}

/** Events as they happen. Its connection ends with it, so that a server that closes has not to wait for that. */
export function eventStream(body: ReadableStream<Uint8Array>): CollectorReply {
  const reply = stream('text/event-stream; charset=utf-8', body);
  reply.headers.connection = 'close';
  return reply;
}

function stream(contentType: string, body: Uint8Array | ReadableStream<Uint8Array>): CollectorReply {
  // A proxy that buffers (nginx) or changes (compression) a stream would hold its events back.
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body };
}
