/** Listens, with words for a port that can't be had; and stops without cutting off what is under way. */
import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { CliError } from '../cli-error.js';

/** Requests under way get this long to end. */
const DRAIN_MS = 5_000;

/** Resolves with the port that was taken. */
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
    const remedy = `Stop what listens there, or take another: liveinsight dev --port ${port + 1} (or PORT=${port + 1}).`;
    return new CliError(`port ${port} is taken`, remedy, cause);
  }
  if (error.code === 'EACCES') {
    return new CliError(`port ${port} needs more rights than this user has`, 'Take one above 1023.', cause);
  }
  return new CliError(
    `can’t listen on ${host}:${port}: ${error.message}`,
    'Give an address of this machine with --host.',
    cause,
  );
}
