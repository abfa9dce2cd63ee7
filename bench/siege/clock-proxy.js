/**
 * Stands between the shop and the database, and tells another time in its place: the collector keeps the time of the
 * database's replies, so hours and days pass as fast as a test wants them to.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

/** @param {string} endpoint of the database */
export async function startClockProxy(endpoint) {
  const agent = new Agent({ keepAlive: true });
  let aheadMs = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(`${endpoint}${url}`, { method, headers, agent }, (reply) => {
      const date = new Date(Date.now() + aheadMs).toUTCString();
      outgoing.writeHead(reply.statusCode ?? 502, { ...reply.headers, date });
      reply.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    /** The database's time jumps ahead. */
    jump(ms) {
      aheadMs += ms;
    },
    now: () => Date.now() + aheadMs,
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
