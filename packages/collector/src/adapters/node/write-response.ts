/** Sends a collector's reply by Node's ServerResponse. */
import type { ServerResponse } from 'node:http';
import type { CollectorReply } from '../../http/request.js';

export function writeResponse(response: ServerResponse, { status, headers, body }: CollectorReply): void {
  if (body instanceof ReadableStream) {
    response.writeHead(status, headers);
    void pump(body, response);
    return;
  }
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  response.writeHead(status, headers);
  response.end(body);
}

/** At the reader's pace, until either side ends. */
async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  response.once('close', () => void reader.cancel().catch(() => {}));
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!response.write(part.value)) await drained(response);
    }
    response.end();
  } catch {
    // Cut, so that the reader does not take what it has for the whole.
    response.destroy();
  }
}

const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
