/** dynalite: DynamoDB's API in JavaScript on LevelDB, within this process. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DynaliteOptions {
  /** Directory of the data, made where missing; one process's at a time. Default: memory alone. */
  path?: string;
  /** TCP port on 127.0.0.1. Default: a free one. */
  port?: number;
}

export interface Dynalite {
  /** For `dynamoStore({ endpoint })`. */
  endpoint: string;
  /** Ends connections and closes the data. */
  close(): Promise<void>;
}

type CreateServer = (options: { path?: string; createTableMs: number }) => Server;

/** Starts dynalite; rejects where the port is taken or the data are another process's. */
export async function startDynalite({ path, port = 0 }: DynaliteOptions = {}): Promise<Dynalite> {
  const { default: createServer } = (await import('dynalite')) as { default: CreateServer };
  if (path !== undefined) mkdirSync(path, { recursive: true });
  const server = createServer({ createTableMs: 0, ...(path === undefined ? {} : { path }) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
