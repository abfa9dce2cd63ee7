/** A real collector on an embedded database, which answers slowly and fails on demand. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCollector } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { script } from '@liveinsight/tracker/script';

/** `cut`: stores, but the connection ends before the answer. `unavailable`: 503. `down`: no answer at all. */
export type Mode = 'well' | 'cut' | 'unavailable' | 'down';

const ANSWER_AFTER_MS = 300;

export async function startCollector(site: string) {
  const store = sqliteStore();
  const collector = createCollector({
    store,
    secret: 'a secret of the delivery suite',
    sites: [{ id: site }],
    assets: { tracker: script },
    sessionEventsPerMinute: 10_000,
  });
  const listener = toNodeListener(collector);
  const sessions = new Set<string>();
  const dropped: Record<string, number>[] = [];
  const withViews = new Set<string>();
  let mode: Mode = 'well';

  const note = (body: string) => {
    const batch = JSON.parse(body);
    sessions.add(batch.session.session_id);
    if (batch.dropped) dropped.push(batch.dropped);
    const events: Tagged[] = batch.events;
    if (events.some((event) => event.event_type === 'page_view'))
      for (const event of events) withViews.add(tagOf(event));
  };

  const server = createServer((request, response) => {
    if (request.method !== 'POST') return listener(request, response);
    if (mode === 'down') return request.socket.destroy();
    if (mode === 'unavailable') {
      response.writeHead(503, { 'Retry-After': '1', 'Access-Control-Allow-Origin': '*' }).end();
      return;
    }
    overhear(request, note);
    answerLate(response, mode === 'cut');
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dropped,
    /** Tags that came in one batch with a view. */
    withViews,
    fail(how: Mode) {
      mode = how;
    },
    /** How often each tag is stored. */
    async tags(): Promise<Map<string, number>> {
      const counts = new Map<string, number>();
      for (const session of sessions) {
        for (const batch of await store.session(site, session)) {
          for (const event of batch.events) {
            const tag = tagOf(event);
            counts.set(tag, (counts.get(tag) ?? 0) + 1);
          }
        }
      }
      return counts;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await collector.close();
    },
  };
}

interface Tagged {
  event_type: string;
  props?: Record<string, unknown>;
  element_id?: string | undefined;
}

/** What is tracked has it among its properties; what is clicked is an element of that id. */
const tagOf = ({ props, element_id }: Tagged) => String(props?.tag ?? element_id);

function overhear(request: IncomingMessage, onBody: (body: string) => void): void {
  const chunks: Buffer[] = [];
  const emit = request.emit.bind(request);
  request.emit = (event: string, ...args: unknown[]) => {
    if (event === 'data') chunks.push(Buffer.from(args[0] as Buffer));
    if (event === 'end') onBody(Buffer.concat(chunks).toString('utf8'));
    return emit(event, ...args);
  };
}

/** Each response is decided at once, and sent later or never. */
function answerLate(response: ServerResponse, cut: boolean): void {
  const end = response.end.bind(response);
  response.end = ((...args: []) => {
    setTimeout(() => (cut ? response.destroy() : end(...args)), ANSWER_AFTER_MS);
    return response;
  }) as typeof response.end;
}
