/** Node's IncomingMessage in the collector's terms. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { BodyTooLargeError, type CollectorRequest, type Connection } from '../../http/request.js';
import { isGzip, type ParsedRequest, parsedBody } from './parsed-body.js';
import { type BodySource, readBody, streamBody } from './read-body.js';

export interface NodeParts {
  request: ParsedRequest;
  response: ServerResponse;
  /** Path and query without what the server mounted the collector under. */
  url: string;
  /** The body's stream where it is not the request itself. */
  body?: Readable | undefined;
}

export const toRequest = (parts: NodeParts): CollectorRequest => new NodeRequest(parts);

/**
 * A class: an object literal with a getter has a shape of its own each time, which all that reads it pays for. What Node's request has is
 * read once: Express gives each request and response another prototype, and then every property of theirs is looked for again.
 */
class NodeRequest implements CollectorRequest {
  readonly method: string;
  readonly url: string;
  readonly #headers: IncomingHttpHeaders;
  readonly #source: BodySource;
  readonly #parsedBody: Uint8Array | undefined;

  constructor({ request, response, url, body = request }: NodeParts) {
    this.method = request.method ?? 'GET';
    this.url = url;
    this.#headers = request.headers;
    this.#source = { request, response, body, headers: this.#headers };
    this.#parsedBody = parsedBody(request);
  }

  header(name: string): string | undefined {
    if (this.#parsedBody && name === 'content-encoding') return isGzip(this.#parsedBody) ? 'gzip' : undefined;
    const value = this.#headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  stream(): AsyncIterable<Uint8Array> {
    return this.#parsedBody ? one(this.#parsedBody) : streamBody(this.#source);
  }

  body(limitBytes: number): Promise<Uint8Array> {
    return this.#parsedBody ? within(limitBytes, this.#parsedBody) : readBody(this.#source, limitBytes);
  }

  get signal(): AbortSignal {
    const { response } = this.#source;
    if (isOver(response)) return AbortSignal.abort();
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return gone.signal;
  }
}

/** Whether nothing can be answered any more: the client has gone, or has been answered by something else. */
export const isOver = (response: ServerResponse): boolean =>
  response.destroyed || response.writableEnded || response.headersSent;

export function toConnection(request: IncomingMessage): Connection {
  const { remoteAddress } = request.socket;
  return remoteAddress === undefined ? { streams: true } : { ip: remoteAddress, streams: true };
}

/** Path and query of a request target: a proxy may be sent the whole address (RFC 9112 §3.2.2). */
export function pathAndQuery(target = '/'): string {
  if (target.startsWith('/')) return target;
  const path = target.replace(/^https?:\/\/[^/?]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

async function* one(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

async function within(limitBytes: number, body: Uint8Array): Promise<Uint8Array> {
  if (body.byteLength > limitBytes) throw new BodyTooLargeError(limitBytes);
  return body;
}
