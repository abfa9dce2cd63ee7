/** A collector as a listener of Node's own HTTP server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Collector } from '../../collector.js';
import { serve } from './serve.js';
import { pathAndQuery } from './to-request.js';

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/** `createServer(toNodeListener(collector))`. Paths that are not the collector's are answered with 404. */
export function toNodeListener(collector: Pick<Collector, 'handle'>): NodeListener {
  return (request, response) => {
    serve(collector, { request, response, url: pathAndQuery(request.url) }).catch((error) => {
      console.error('LiveInsight:', error);
      response.destroy();
    });
  };
}
