/** A collector as a listener of Node's own HTTP server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Collector } from '../../collector.js';
import { toConnection, toRequest } from './to-request.js';
import { writeResponse } from './write-response.js';

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/** `createServer(toNodeListener(collector))`. Paths that are not the collector's are answered with 404. */
export function toNodeListener(collector: Pick<Collector, 'handle'>): NodeListener {
  return (request, response) => {
    const asked = toRequest({ request, response, url: request.url ?? '/' });
    void collector.handle(asked, toConnection(request)).then((reply) => writeResponse(response, reply));
  };
}
