/** Starts listening, with clear errors for ports in use; stops without interrupting requests. */
import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { CliError } from '../cli-error.js';

/** How long open requests may take to finish. */
const DRAIN_MS = 5_000;

/** Resolves with the actual port. */
export async function listen(server: NetServer, port: number, host: string): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, port, host);
  }
  return (server.address() as AddressInfo).port;
}

/**
 * Takes no more connections, and waits until those there are have their answers.
 * @param finish answers what is under way and ends what never would
 */
export async function drain(server: Server, finish: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await finish();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): CliError {
  const cause = { cause: error };
  if (error.code === 'EADDRINUSE') {
    const remedy = `Stop the process that uses it, or choose another port: liveinsight dev --port ${port + 1} (or PORT=${port + 1}).`;
    return new CliError(`port ${port} is already in use`, remedy, cause);
  }
  if (error.code === 'EACCES') {
    return new CliError(`not allowed to listen on port ${port}`, 'Choose a port above 1023.', cause);
  }
  return new CliError(
    `cannot listen on ${host}:${port}: ${error.message}`,
    'Set --host to an address of this machine.',
    cause,
  );
}
