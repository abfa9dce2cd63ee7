/** The body that a middleware before the collector has read already. */
import type { IncomingMessage } from 'node:http';

/** Body parsers leave `body`; some platforms and middlewares leave the bytes as `rawBody`. */
export type ParsedRequest = IncomingMessage & { body?: unknown; rawBody?: unknown };

/** The bytes, where something has read them; Express 4's parsers leave an empty object where they did not. */
export function parsedBody(request: ParsedRequest): Uint8Array | undefined {
  const { body, rawBody } = request;
  if (rawBody instanceof Uint8Array) return rawBody;
  if (body instanceof Uint8Array) return body;
  if (body === undefined || !request.readableEnded) return undefined;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Parsers decompress what they read; whoever only collects the bytes does not. */
export const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;
