/** Looks whether SQLite finds the file in order: in a thread, which a large file keeps busy for seconds. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DATABASE_FILE } from './database.js';

export interface FileCheck {
  /** What is wrong. None where it is in order, or the check was stopped. */
  problems: Promise<string[]>;
  stop(): Promise<void>;
}

export function checkFile(folder: string): FileCheck {
  const worker = new Worker(new URL('./check-thread.js', import.meta.url), {
    workerData: { file: join(folder, DATABASE_FILE) },
  });
  worker.unref();
  const answered = once(worker, 'message').then(([problems]) => problems as string[]);
  const ended = once(worker, 'exit').then((): string[] => []);
  return {
    problems: Promise.race([answered, ended]),
    async stop() {
      await worker.terminate();
    },
  };
}
