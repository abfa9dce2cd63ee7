/** One cold start: imports the function, stores one batch, says how long each took. */
import { performance } from 'node:perf_hooks';

const startedAt = performance.now();
const { handler } = await import(process.argv[2] ?? '');
const importedAt = performance.now();

// As the tracker sends a visit's first page.
const batch = {
  v: 1,
  site: 'shop',
  batch: `b-${process.pid}`,
  session: { session_id: `s-${process.pid}` },
  events: [
    {
      event_id: `e-${process.pid}`,
      event_type: 'page_view',
      page_url: 'https://shop.example/',
      view: 1,
      first_on_page: true,
    },
  ],
};
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const path = '/api/events';
const http = { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' };
const event = {
  version: '2.0',
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'text/plain', 'user-agent': userAgent },
  requestContext: { stage: '$default', http },
  body: JSON.stringify(batch),
  isBase64Encoded: false,
};
const context = { getRemainingTimeInMillis: () => 15_000 };
const { statusCode, body } = await handler(event, context);
const storedAt = performance.now();
const { user, system } = process.cpuUsage();
if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
await handler({ ...event, body: event.body.replaceAll('-', '_') }, context);
const again = performance.now() - storedAt;
process.send?.({
  cpuMs: (user + system) / 1000,
  importMs: importedAt - startedAt,
  firstWriteMs: storedAt - startedAt,
  secondWriteMs: again,
});
process.disconnect?.();
