/**
 * Looks whether SQLite finds the file in order. A large file takes seconds, so that a process of its own does it, which can be
 * ended at any time: a thread that is ended within a call of `libsql` takes the whole process with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { DATABASE_FILE } from './database.js';

export interface FileCheck {
  /** What is wrong. None where it is in order, or the check was stopped. */
  problems: Promise<string[]>;
  stop(): void;
}

export function checkFile(folder: string): FileCheck {
  const program = fileURLToPath(new URL('./check-process.js', import.meta.url));
  const child = spawn(process.execPath, [program, join(folder, DATABASE_FILE)], {
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.unref();
  let stopped = false;

  async function read(): Promise<string[]> {
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    if (stopped) return [];
    if (code === 0) return JSON.parse(output);
    // A file that is damaged badly enough cannot even be opened.
    return [errors.match(/^.*Error: .*$/m)?.[0] ?? `its check ended with ${code}`];
  }

  return {
    problems: read(),
    stop() {
      stopped = true;
      child.kill('SIGKILL');
    },
  };
}
