/** Stands before an app as a reverse proxy does: serves the tracker, takes its batches, and hands all else on to the app. */
import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Event, parseBatchText } from '@liveinsight/schema';
import { script } from '@liveinsight/tracker/script';

export async function startFront(port: number) {
  const events = new Map<string, Event>();
  const refusals: unknown[] = [];

  async function collect(request: IncomingMessage, response: ServerResponse) {
    const parsed = parseBatchText(await text(request), { now: Date.now(), newId: () => crypto.randomUUID() });
    response.setHeader('Content-Type', 'application/json');
    if (!parsed.ok) {
      refusals.push(parsed.issues);
      return response.writeHead(400).end(JSON.stringify({ status: 'error', message: 'invalid', data: {} }));
    }
    const { accepted, rejected, batch } = parsed;
    refusals.push(...rejected);
    for (const event of batch.events) events.set(event.event_id, event);
    return response.end(JSON.stringify({ status: 'success', data: { accepted, rejected } }));
  }

  function handOn(request: IncomingMessage, response: ServerResponse) {
    const { method, url: path, headers } = request;
    const asked = ask({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/api/events') void collect(request, response);
    else if (request.url === '/liveinsight.js')
      response.setHeader('Content-Type', 'text/javascript').end(script);
    else handOn(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ofType = (type: Event['event_type']) =>
    [...events.values()]
      .filter((event) => event.event_type === type)
      .sort((a, b) => Number(a.timestamp) - Number(b.timestamp));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Path and title of each view. */
    views: () =>
      ofType('page_view').map((view) => [
        new URL(view.page_url ?? '').pathname,
        'page_title' in view ? view.page_title : undefined,
      ]),
    exits: () => ofType('page_exit').length,
    /** What the schema's parser would not take. */
    refusals,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
