// dynoxide: DynamoDB's API as AWS documents it, write units, PartiQL and TTL included, in a process in memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const READY_WITHIN_MS = 30_000;

/** Where the program is, or undefined: npm has it for Linux on x64. */
function findBinary() {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    const binary = join(dirname(manifest), 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it can be started on this machine. */
export const hasDynoxide =
  process.platform === 'linux' && process.arch === 'x64' && findBinary() !== undefined;

/**
 * Starts it on a port of its own. It ends with this process.
 * @returns {Promise<{ endpoint: string, close(): Promise<void> }>}
 */
export async function startDynoxide() {
  const binary = findBinary();
  if (!binary)
    throw new Error('dynoxide is not installed: npm has it for Linux on x64, as @dynoxide/linux-x64');
  const port = await freePort();
  const child = spawn(binary, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output = `${output}${chunk}`.slice(-2_000);
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    kill();
    await exit;
  };
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await listens(port))) {
    if (Date.now() > until || child.exitCode !== null) {
      await close();
      throw new Error(`dynoxide did not start: ${output}`);
    }
    await wait(20);
  }
  return { endpoint: `http://127.0.0.1:${port}`, close };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {number} port @returns {Promise<boolean>} */
function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy());
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true));
  });
}
