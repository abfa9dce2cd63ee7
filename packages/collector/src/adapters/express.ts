/** A collector as Express middleware, of Express 4 and 5. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Collector } from '../collector.js';
import { toConnection, toRequest } from './node/to-request.js';
import { writeResponse } from './node/write-response.js';

/** Of Express 4 and 5, and of all that takes middleware of their form. */
export type ExpressHandler = (
  request: IncomingMessage & { body?: unknown; baseUrl?: string },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * `app.use(toExpress(collector))`, or under a path of yours: `app.use('/analytics', toExpress(collector))`. Paths that
 * are not the collector's go on to the next handler. A body parser may stand before it, but costs time.
 */
export function toExpress(collector: Pick<Collector, 'handle' | 'owns'>): ExpressHandler {
  return (request, response, next) => {
    const { url = '/', baseUrl } = request;
    if (!collector.owns(url, Boolean(baseUrl))) return next();
    const asked = toRequest({ request, response, url, parsedBody: parsedBody(request) });
    void collector.handle(asked, toConnection(request)).then((reply) => writeResponse(response, reply));
  };
}

/** The body as bytes where a body parser has read it; Express 4's leave an empty object where they did not. */
function parsedBody({ body, readableEnded }: Parameters<ExpressHandler>[0]): Uint8Array | undefined {
  if (!readableEnded || body === undefined) return undefined;
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
