/** The web's own Request and Response in the collector's terms: for Hono, Workers, Deno, Bun and the like. */
import { BodyTooLargeError, type CollectorReply, type CollectorRequest, type Connection } from './request.js';

export function fromWebRequest(request: Request, { compresses = false }: Connection): CollectorRequest {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    url: pathname + search,
    header: (name) =>
      compresses && name === 'accept-encoding' ? undefined : (request.headers.get(name) ?? undefined),
    body: (limitBytes) => readBody(request, limitBytes),
    stream: () => request.body ?? NOTHING,
    signal: request.signal,
  };
}

const NOTHING: AsyncIterable<Uint8Array> = (async function* () {})();

async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > limitBytes) {
    await request.body?.cancel();
    throw new BodyTooLargeError(limitBytes);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop by a throw cancels the body: no more of it is read.
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new BodyTooLargeError(limitBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** Workers would compress a body once more that says it is compressed; other runtimes do not know this. */
const COMPRESSED_ALREADY = { encodeBody: 'manual' };

export function toWebResponse({ status, headers, body }: CollectorReply): Response {
  const init = { status, headers, ...(headers['content-encoding'] ? COMPRESSED_ALREADY : {}) };
  return new Response((body ?? null) as ConstructorParameters<typeof Response>[0], init);
}
