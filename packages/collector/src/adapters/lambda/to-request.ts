/** What Lambda's event shapes have in common, in the collector's terms. */
import {
  BodyTooLargeError,
  type CollectorReply,
  type CollectorRequest,
  type Connection,
} from '../../http/request.js';

export type SingleMap = Record<string, string | undefined>;
export type MultiMap = Record<string, string[] | undefined>;

export interface AdaptedRequest {
  request: CollectorRequest;
  connection: Connection;
}

export interface LambdaParts {
  method: string;
  /** Path and query, without the stage. */
  url: string;
  pathForm?: 'decoded' | 'ambiguous';
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  body: string | null | undefined;
  isBase64Encoded: boolean | undefined;
}

export function toRequest({ body, isBase64Encoded, ...parts }: LambdaParts): CollectorRequest {
  return {
    ...parts,
    async body(limitBytes) {
      const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
      if (bytes.byteLength > limitBytes) throw new BodyTooLargeError(limitBytes);
      return bytes;
    },
  };
}

/** Headers of any case, repeated ones as lists, by lower-case name. */
export function toHeaders(
  single: SingleMap | null | undefined,
  multiple: MultiMap | null | undefined,
): (name: string) => string | undefined {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(single ?? {})) {
    if (value !== undefined) headers.set(name.toLowerCase(), value);
  }
  for (const [name, values] of Object.entries(multiple ?? {})) {
    if (values) headers.set(name.toLowerCase(), values.join(', '));
  }
  return (name) => headers.get(name);
}

/** The path behind the stage's name, which only some of the gateway's addresses put in front. */
export function withoutStage(path: string, stage: string | undefined): string {
  const prefix = `/${stage}`;
  return stage && (path === prefix || path.startsWith(`${prefix}/`))
    ? path.slice(prefix.length) || '/'
    : path;
}

export interface LambdaBody {
  body: string;
  isBase64Encoded: boolean;
}

const TEXTUAL = /^(text\/|application\/(javascript|json|x-ndjson|manifest)|image\/svg)/;

/** Lambda carries text as it is and all else as base64. The collector streams nothing where `connection.streams` is not set. */
export function toBody({ headers, body }: CollectorReply): LambdaBody {
  if (!(body instanceof Uint8Array)) {
    return { body: typeof body === 'string' ? body : '', isBase64Encoded: false };
  }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // A REST API that is not set to binary media types hands base64 to the browser as it is.
  const isText = !headers['content-encoding'] && TEXTUAL.test(headers['content-type'] ?? '');
  return { body: bytes.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}
