/** The site that is visited, whose pages have a tracker, and another site that has none. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {string} head of the pages that track
 * @param {Map<string, string>} files scripts by name
 */
export async function startPages(head, files) {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const script = files.get(name);
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    const tracker = name === '' ? head : '';
    // Another host's pages are of another origin.
    const away = `http://${request.headers.host?.replace('127.0.0.1', 'localhost')}/away`;
    response.end(
      script ?? `<!doctype html><title>${name || 'home'}</title>${tracker}<a href="${away}">away</a>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
