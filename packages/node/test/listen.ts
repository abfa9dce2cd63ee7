/** A server of a test, on a free port. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where it takes events. */
export const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`;
};
