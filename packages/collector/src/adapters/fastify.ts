/** A collector as a Fastify plugin. */
import { Readable } from 'node:stream';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Collector } from '../collector.js';
import type { CollectorReply } from '../http/request.js';
import { isOver, pathAndQuery, toConnection, toRequest } from './node/to-request.js';
import { destroyIfStalled } from './node/write-response.js';

/**
 * `app.register(toFastify(collector))`, with `{ prefix: '/analytics' }` or without. `app.close()` ends the live streams of
 * this app; then close the collector.
 */
export function toFastify(collector: Pick<Collector, 'handle' | 'matches' | 'paths'>): FastifyPluginCallback {
  return (app, _options, done) => {
    const mounted = app.prefix !== '';
    /** Bodies that hooks have put in the place of the request's own, as those that decompress do. */
    const bodies = new WeakMap<FastifyRequest, Readable>();
    const live = new Set<Readable>();

    // Within this plugin alone no body is parsed: the collector reads it, whatever its type, within its own caps.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (request, body, parsed) => {
      bodies.set(request, body);
      parsed(null);
    });
    // Fastify waits for every connection to end before it closes, and these never end by themselves.
    app.addHook('preClose', (closed) => {
      for (const stream of live) stream.destroy();
      closed();
    });

    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const url = withoutPrefix(pathAndQuery(request.raw.url), app.prefix);
      if (!collector.matches(url, { mounted })) return reply.callNotFound();
      const collectorRequest = toRequest({
        request: request.raw,
        response: reply.raw,
        url,
        body: bodies.get(request),
      });
      return send(reply, await collector.handle(collectorRequest, toConnection(request.raw)), live);
    };
    const paths = collector.paths.filter((path) => collector.matches(path, { mounted }));
    for (const path of patterns(paths)) app.all(path, { exposeHeadRoute: false }, handler);
    done();
  };
}

/**
 * Each path as Fastify's router has to know it: with a slash at its end or not, and what varies in it as `*`, for a
 * parameter may have 100 characters there by default, and a user's name more.
 */
function patterns(paths: string[]): Set<string> {
  return new Set(
    paths.flatMap((path) => {
      const [fixed = path] = path.split(/:|\*/, 1);
      return fixed === path ? [path, `${path}/*`] : [`${fixed}*`];
    }),
  );
}

/** Without as many segments as the prefix has: some of these may be parameters, as in `/:tenant/analytics`. */
function withoutPrefix(url: string, prefix: string): string {
  let end = 0;
  for (const segment of prefix.split('/')) {
    if (segment === '') continue;
    const next = url.indexOf('/', end + 1);
    if (next === -1) return '/';
    end = next;
  }
  return url.slice(end);
}

function send(
  reply: FastifyReply,
  { status, headers, body }: CollectorReply,
  live: Set<Readable>,
): FastifyReply {
  // A hook has answered in the meantime, as one that sets a time-out does, or the client has gone.
  if (reply.sent || isOver(reply.raw)) {
    if (body instanceof ReadableStream) void body.cancel().catch(() => {});
    return reply.hijack();
  }
  if (reply.raw.req.httpVersionMajor > 1) delete headers.connection;
  reply.code(status).headers(headers);
  if (body instanceof ReadableStream) {
    const stream = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    stream.on('pause', () => destroyIfStalled(reply.raw));
    if (headers['content-type']?.startsWith('text/event-stream')) {
      live.add(stream);
      stream.once('close', () => live.delete(stream));
    }
    return reply.send(stream);
  }
  return reply.send(
    body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
  );
}
