/** One page of a shop with a real collector and database behind it, visited by a real browser. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCollector, type StoredEvent } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { script } from '@liveinsight/tracker/script';
import { launchChromium } from '../../scripts/launch-chromium.mjs';

/**
 * Opens a page with `head` in it, clicks its button, and leaves.
 * @returns what the database holds of the session once it has events of all the types
 */
export async function visit(head: string, types: string[]): Promise<StoredEvent[]> {
  const store = sqliteStore();
  const collector = createCollector({
    store,
    secret: 'a secret of the READMEs',
    sites: [{ id: 'shop' }],
    assets: { tracker: script },
    countBots: true,
  });
  const listener = toNodeListener(collector);
  const server = createServer((request, response) => {
    if (request.url !== '/') return listener(request, response);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Shop</title>${head}<button id="buy">Buy</button>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;

  const missing = new Set(types);
  const { promise: session, resolve } = withResolvers<string>();
  collector.onBatch(({ events, session_id }) => {
    for (const { event_type } of events) missing.delete(event_type);
    if (missing.size === 0) resolve(session_id);
  });

  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'networkidle' });
    await page.click('#buy');
    // Leaving sends what waits.
    await page.goto('about:blank');
    return (await store.session('shop', await session)).flatMap((batch) => batch.events);
  } finally {
    await browser.close();
    server.close();
    await collector.close();
  }
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
