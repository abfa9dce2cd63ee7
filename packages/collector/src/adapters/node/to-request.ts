/** Node's IncomingMessage in the collector's terms. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLargeError, type CollectorRequest, type Connection } from '../../http/request.js';

/** What a sender may still send after its body was refused, so that it gets to read why before the line is cut. */
const MAX_DISCARDED_BYTES = 16 * 1_048_576;

export interface NodeParts {
  request: IncomingMessage;
  response: ServerResponse;
  /** Path and query without what the server mounted the collector under. */
  url: string;
  /** The body where something before us has read it already. */
  parsedBody?: Uint8Array | undefined;
}

export const toRequest = (parts: NodeParts): CollectorRequest => new NodeRequest(parts);

/** A class: an object literal with a getter has a shape of its own each time, which all that reads it pays for. */
class NodeRequest implements CollectorRequest {
  readonly method: string;
  readonly url: string;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #parsedBody: Uint8Array | undefined;

  constructor({ request, response, url, parsedBody }: NodeParts) {
    this.method = request.method ?? 'GET';
    this.url = url;
    this.#request = request;
    this.#response = response;
    this.#parsedBody = parsedBody;
  }

  header(name: string): string | undefined {
    // What has read the body has decompressed it too.
    if (this.#parsedBody && name === 'content-encoding') return undefined;
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** The line stays open for the reply when not all is read. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#parsedBody ? one(this.#parsedBody) : this.#request.iterator({ destroyOnReturn: false });
  }

  body(limitBytes: number): Promise<Uint8Array> {
    return this.#parsedBody ? within(limitBytes, this.#parsedBody) : readBody(this.#request, limitBytes);
  }

  get signal(): AbortSignal {
    const gone = new AbortController();
    this.#response.once('close', () => gone.abort());
    return gone.signal;
  }
}

export function toConnection(request: IncomingMessage): Connection {
  const { remoteAddress } = request.socket;
  return remoteAddress === undefined ? { streams: true } : { ip: remoteAddress, streams: true };
}

async function* one(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

async function within(limitBytes: number, body: Uint8Array): Promise<Uint8Array> {
  if (body.byteLength > limitBytes) throw new BodyTooLargeError(limitBytes);
  return body;
}

function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = () => {
      chunks.length = 0;
      reject(new BodyTooLargeError(limitBytes));
    };
    if (Number(request.headers['content-length']) > limitBytes) refuse();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else if (bytes > MAX_DISCARDED_BYTES) request.destroy();
      else refuse();
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    // Also where the client goes away before the end.
    request.on('error', reject);
  });
}
