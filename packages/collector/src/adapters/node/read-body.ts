/** The body of a Node request as bytes, or the reason why there is none: settles however the request ends. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { BodyTooLargeError, BodyUnavailableError } from '../../http/request.js';

/** What a sender may still send after its body was rejected, so that it gets to read why before the line is cut. */
const MAX_DISCARDED_BYTES = 16 * 1_048_576;

export interface BodySource {
  request: IncomingMessage;
  headers: IncomingHttpHeaders;
  response: ServerResponse;
  /** Where the bytes come from: the request itself, or what a hook before the collector has put in its place. */
  body: Readable;
}

export function readBody(source: BodySource, limitBytes: number): Promise<Uint8Array> {
  const { request, headers, response, body } = source;
  return new Promise((resolve, reject) => {
    const reason = unreadable(source);
    if (reason) return reject(reason);

    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: Error) => {
      chunks.length = 0;
      response.off('close', onClose);
      reject(error);
    };
    const onClose = () => fail(clientGone());
    // Another middleware may answer in the collector's place, as a time-out does: then nobody waits for this body.
    response.once('close', onClose);
    // The request itself ends with its connection, as the response does.
    if (body !== request) body.once('close', onClose);
    // Stays for as long as the stream: an error nobody listens for would end the process.
    body.on('error', fail);

    if (Number(headers['content-length']) > limitBytes) fail(new BodyTooLargeError(limitBytes));
    body.on('data', (chunk: Buffer | string) => {
      const part = toBytes(chunk, body);
      bytes += part.length;
      if (bytes <= limitBytes) chunks.push(part);
      else if (bytes > MAX_DISCARDED_BYTES) request.destroy();
      else fail(new BodyTooLargeError(limitBytes));
    });
    body.on('end', () => {
      response.off('close', onClose);
      if (body !== request) body.off('close', onClose);
      // HTTP/2 ends the stream of a client that has gone, too.
      if (request.aborted) return fail(clientGone());
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
  });
}

/** The body as it comes. The connection stays open for the reply when not all of it is read. */
export async function* streamBody(source: BodySource): AsyncGenerator<Uint8Array> {
  const reason = unreadable(source);
  if (reason) throw reason;
  const { request, response, body } = source;
  const onClose = () => body.destroy(clientGone());
  response.once('close', onClose);
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) yield toBytes(chunk, body);
    if (request.aborted) throw clientGone();
  } finally {
    response.off('close', onClose);
  }
}

/** Why the body cannot be read any more, if so. */
function unreadable({ request, headers, response, body }: BodySource): Error | undefined {
  if (request.aborted || response.destroyed || response.writableEnded) return clientGone();
  if (body.readableEnded || body.readableDidRead) return new BodyUnavailableError(READ_BEFORE);
  if (body.destroyed) return clientGone();
  if (body.readableEncoding === 'utf8' && isCompressed(headers))
    return new BodyUnavailableError(DECODED_BEFORE);
  return undefined;
}

/** A middleware that sets an encoding makes texts of the chunks. */
const toBytes = (chunk: Buffer | string, body: Readable): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk, body.readableEncoding ?? 'utf8') : chunk;

const isCompressed = (headers: IncomingHttpHeaders) =>
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity';

const clientGone = () => new Error('the client went away, or was answered, before the body was whole');

const READ_BEFORE =
  'a middleware has read the request body before the collector and kept no copy: mount the collector before it, or let the middleware set request.body';
const DECODED_BEFORE =
  'a middleware has called request.setEncoding(), which destroys a compressed body: mount the collector before it';
