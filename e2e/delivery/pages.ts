/** The site that is visited: pages with the tracker, one without, and handicaps that a page may ask for. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const HANDICAPS: Record<string, string> = {
  'no-storage': `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })`,
  'full-storage': `(() => {
    let size = 1 << 22;
    while (size) { try { localStorage.setItem('filler' + size, 'x'.repeat(size)) } catch {} size >>= 1 }
  })()`,
  'no-beacon': `navigator.sendBeacon = () => false`,
  'no-keepalive': `(() => {
    delete Request.prototype.keepalive;
    const native = fetch;
    window.fetch = (url, options) => native(url, { ...options, keepalive: false });
  })()`,
  'no-timers': `window.setTimeout = () => 0`,
  'no-room': `fetch('/slow', { method: 'POST', keepalive: true, body: 'x'.repeat(65000) }).catch(() => {})`,
};

const TITLES: Record<string, string> = { '/next': 'Next', '/then': 'Then' };

/** A page of others that shows ours in a frame, where storage is out of reach: five events, tagged as asked. */
const framing = (site: string, collector: string, tag: string) => {
  const framed = `<script src="${collector}/liveinsight.js" data-site="${site}"></script><script>
    for (let i = 0; i < 5; i++) liveinsight('track', 'e', { tag: '${tag}-' + i })</script>`;
  return `<!doctype html><title>Others</title>
<iframe sandbox="allow-scripts" srcdoc="${framed.replaceAll('"', '&quot;')}"></iframe>`;
};

export async function startPages(site: string, collector: string) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    response.setHeader('Content-Type', 'text/html');
    // Never answered.
    if (pathname === '/slow') return request.resume();
    if (pathname === '/framing') return response.end(framing(site, collector, searchParams.get('tag') ?? ''));
    if (pathname === '/away') return response.end('<!doctype html><title>Away</title>');
    const handicap = HANDICAPS[searchParams.get('with') ?? ''] ?? '';
    response.end(`<!doctype html><title>${TITLES[pathname] ?? 'Shop'}</title><script>${handicap}</script>
<script src="${collector}/liveinsight.js" data-site="${site}"></script><a href="/away">away</a>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
