import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Batch, type Event, parseBatchText } from '@liveinsight/schema';

const built = (file: string) => readFileSync(new URL(`../../dist/${file}`, import.meta.url), 'utf8');

/** What a page asks of the site in its query, but for what it is itself. */
export interface PageOptions {
  /** Attributes of the script tag. Default: `data-site="shop"`. */
  tag?: string;
  /** Which build, also under `analytics/`. Default: `liveinsight.js`. */
  file?: string;
  /** What the `<head>` begins with. */
  head?: string;
  /** What the `<body>` ends with. */
  body?: string;
  /** A Content-Security-Policy. */
  csp?: string;
}

/** Path and query of such a page. */
export const pageWith = (options: PageOptions, path = '/'): string =>
  `${path}?${new URLSearchParams({ ...options })}`;

export interface Received extends Batch {
  events: Event[];
}

/** How the collector answers a request; returning nothing leaves the usual answer. */
export type Answering = (
  request: IncomingMessage,
  response: ServerResponse,
  batch: Batch,
) => boolean | undefined;

/**
 * A site of pages that carry the tracker, and the collector they report to: it judges batches by the schema's own parser.
 */
export async function startSite() {
  const batches: Received[] = [];
  const refusals: unknown[] = [];
  const waiting = new Set<() => void>();
  const requests: string[] = [];
  let answering: Answering = () => undefined;

  const server = createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    requests.push(pathname);
    for (const look of waiting) look();
    const script = /^\/(?:analytics\/)?([\w.]+\.js)$/.exec(pathname)?.[1];
    if (script) {
      response.setHeader('Content-Type', 'text/javascript').end(built(script));
    } else if (pathname === '/slow') {
      // Never answered.
      request.resume();
    } else if (request.method === 'POST') {
      collect(request, response, await read(request));
    } else {
      const csp = searchParams.get('csp');
      if (csp) response.setHeader('Content-Security-Policy', csp);
      response.setHeader('Content-Type', 'text/html').end(html(Object.fromEntries(searchParams)));
    }
  });

  function collect(request: IncomingMessage, response: ServerResponse, body: string) {
    const parsed = parseBatchText(body, { now: Date.now(), newId: () => crypto.randomUUID() });
    if (!parsed.ok) {
      refusals.push(parsed.issues);
      response.writeHead(400).end(JSON.stringify({ status: 'error', message: 'no batch', data: parsed }));
      return;
    }
    refusals.push(...parsed.rejected);
    if (answering(request, response, parsed.batch)) return;
    batches.push(parsed.batch);
    const data = { accepted: parsed.accepted, rejected: parsed.rejected };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ status: 'success', data }));
    for (const look of waiting) look();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Each once, as in the store: a batch may arrive again, whole or in part. */
  const events = () => [
    ...new Map(batches.flatMap((batch) => batch.events).map((event) => [event.event_id, event])).values(),
  ];

  /** Resolves once what has arrived satisfies `condition`. */
  const arrived = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  return {
    origin,
    batches,
    /** Paths asked for, in order. */
    requests,
    refusals,
    events,
    /** Events of one type, in order of arrival. */
    ofType: <Type extends Event['event_type']>(type: Type) =>
      events().filter((event): event is Extract<Event, { event_type: Type }> => event.event_type === type),
    answer(how: Answering) {
      answering = how;
    },
    arrived,
    /** Resolves once a page was asked for and, after it, a file. */
    requested: (path: string, file: string) =>
      arrived(() => requests.lastIndexOf(file) > requests.indexOf(path) && requests.includes(path)),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const html = ({
  tag = 'data-site="shop"',
  file = 'liveinsight.js',
  head = '',
  body = '',
  csp,
}: PageOptions) =>
  `<!doctype html><html><head><title>Shop</title>${head}
${csp ? '' : '<script>window.liveinsight = window.liveinsight || function () { (liveinsight.q = liveinsight.q || []).push(arguments) }</script>'}
<script async src="/${file}" ${tag}></script></head>
<body><h1>Shop</h1><button id="buy" class="primary big"><b>Buy</b> now</button>
<a id="next" href="/next">Next</a>${body}</body></html>`;

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
