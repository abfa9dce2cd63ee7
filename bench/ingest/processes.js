// The servers beside the load, each in a process of its own, which ends with this one.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

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
    /** It exits by itself, and clears up what it made. */
    stop: () => child.disconnect(),
  };
}
