/** A collector as Express middleware, of Express 4 and 5. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Collector } from '../collector.js';
import { serve } from './node/serve.js';
import { pathAndQuery } from './node/to-request.js';

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
export function toExpress(collector: Pick<Collector, 'handle' | 'matches'>): ExpressHandler {
  return (request, response, next) => {
    const url = pathAndQuery(request.url);
    if (!collector.matches(url, { mounted: Boolean(request.baseUrl) })) return next();
    serve(collector, { request, response, url }).catch(next);
  };
}
