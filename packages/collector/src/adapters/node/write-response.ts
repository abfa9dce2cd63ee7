/** Sends a collector's reply by Node's ServerResponse. */
import type { ServerResponse } from 'node:http';
import type { CollectorReply } from '../../http/request.js';
import { isOver } from './to-request.js';

/** A reader that takes not one byte for so long is cut off: it would hold its part of the reply in memory for ever. */
const STALLED_READER_MS = 120_000;

/** Resolves when the reply is sent, or nobody is there to take it. Rejects where the reply cannot be written at all. */
export async function writeResponse(
  response: ServerResponse,
  { status, headers, body }: CollectorReply,
): Promise<void> {
  // Something else has answered in the meantime, or the client has gone: a second reply would be an error.
  if (isOver(response)) {
    if (body instanceof ReadableStream) await body.cancel().catch(() => {});
    return;
  }
  // HTTP/2 has no such header.
  if (response.req.httpVersionMajor > 1) delete headers.connection;
  if (body instanceof ReadableStream) {
    response.writeHead(status, headers);
    return pump(body, response);
  }
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  response.writeHead(status, headers);
  response.end(body);
}

/** At the reader's pace, until either side ends. */
async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  response.once('close', () => void reader.cancel().catch(() => {}));
  // Cut, so that the reader does not take what it has for the whole; at once, even where it is slow to take that.
  reader.closed.catch(() => response.destroy());
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!response.write(part.value)) await waitForDrain(response);
    }
    response.end();
  } catch {
    response.destroy();
  }
}

function waitForDrain(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  destroyIfStalled(response);
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/** To be called when a response takes no more for now. */
export function destroyIfStalled(response: ServerResponse): void {
  const timer = setTimeout(() => response.destroy(), STALLED_READER_MS).unref();
  const moves = () => {
    clearTimeout(timer);
    response.off('drain', moves);
    response.off('close', moves);
  };
  response.on('drain', moves);
  response.on('close', moves);
}
