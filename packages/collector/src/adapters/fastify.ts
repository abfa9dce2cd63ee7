/** A collector as a Fastify plugin. */
import { Readable } from 'node:stream';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Collector } from '../collector.js';
import type { CollectorReply } from '../http/request.js';
import { toConnection, toRequest } from './node/to-request.js';

/** `app.register(toFastify(collector))`, with `{ prefix: '/analytics' }` or without. */
export function toFastify(collector: Pick<Collector, 'handle' | 'owns' | 'paths'>): FastifyPluginCallback {
  return (app, _options, done) => {
    // Within this plugin alone no body is parsed: the collector reads it, whatever its type, within its own caps.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const url = request.raw.url?.slice(app.prefix.length) || '/';
      const asked = toRequest({ request: request.raw, response: reply.raw, url });
      return send(reply, await collector.handle(asked, toConnection(request.raw)));
    };
    const paths = collector.paths.filter((path) => collector.owns(path, app.prefix !== ''));
    for (const path of paths) app.all(path, { exposeHeadRoute: false }, answer);
    done();
  };
}

function send(reply: FastifyReply, { status, headers, body }: CollectorReply): FastifyReply {
  reply.code(status).headers(headers);
  if (body instanceof ReadableStream)
    return reply.send(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]));
  return reply.send(
    body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
  );
}
