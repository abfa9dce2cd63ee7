// The processes beside the load: the database and the servers. Each ends with this one.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @returns {Promise<number>} a port that is free now */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** DynamoDB as dynoxide speaks it: in memory, in a process of its own. */
export async function startDatabase() {
  const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
  const port = await freePort();
  const child = spawn(join(dirname(manifest), 'dynoxide'), ['serve', '--port', String(port)], {
    stdio: 'ignore',
  });
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

/**
 * @param {string} file
 * @param {string[]} args
 */
export async function startServer(file, args = []) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}/api/events`,
    /** @returns {Promise<import('./serve.js').Usage>} */
    async usage() {
      child.send('usage');
      return (await once(child, 'message'))[0];
    },
    stop: () => void child.kill(),
  };
}
