/** A collector of another origin that answers after 300 ms, fails on demand, and counts the events it took by their tags. */
import { once } from 'node:events';
import { createServer } from 'node:http';

const ANSWER_AFTER_MS = 300;
/** What each tracker takes for success. */
const SUCCESS = JSON.stringify({
  status: 'success',
  success: true,
  code: 200,
  data: { accepted: 1, rejected: [] },
});

/** @typedef {'well' | 'unavailable' | 'down'} Mode */

/** @param {(body: Buffer) => unknown} decode */
export async function startReceiver(decode) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Mode} */
  let mode = 'well';

  const server = createServer(async (request, response) => {
    // Some send credentials, and then no star will do.
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader(
      'Access-Control-Allow-Headers',
      request.headers['access-control-request-headers'] ?? '*',
    );
    if (mode === 'down') return request.socket.destroy();
    if (request.method !== 'POST') return response.end('{}');
    if (mode === 'unavailable') return response.writeHead(503, { 'Retry-After': '1' }).end();
    /** @type {Buffer[]} */
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The page is gone, and what it said is cut off.
    }
    for (const tag of tagsIn(decode(Buffer.concat(chunks)))) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    setTimeout(() => response.setHeader('Content-Type', 'application/json').end(SUCCESS), ANSWER_AFTER_MS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    /** How often each tag has arrived. */
    counts,
    fail(/** @type {Mode} */ how) {
      mode = how;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Values of `tag`, wherever they stand.
 * @param {unknown} value
 * @returns {string[]}
 */
function tagsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'tag' && typeof inner === 'string' ? [inner] : tagsIn(inner),
  );
}
