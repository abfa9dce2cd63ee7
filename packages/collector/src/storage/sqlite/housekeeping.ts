/** What the store does by itself: deletes what has expired, and looks at the file. */
import { setTimeout as wait } from 'node:timers/promises';
import { checkFile } from './check-file.js';
import { DamagedFileError } from './damaged-file.js';
import type { Database } from './database.js';
import type { Sweep } from './sweep.js';

const EVERY_MS = 60_000;
/** Between steps, for requests. */
const PAUSE_MS = 10;

export interface Housekeeping {
  /** What is wrong with the file, once it is known. */
  damage(): DamagedFileError | undefined;
  /** Resolves when nothing of it is under way. */
  stop(): Promise<void>;
}

export function startHousekeeping(
  database: Database,
  sweep: Sweep,
  now: () => number,
  onProblem: (error: Error) => void,
): Housekeeping {
  const stopped = new AbortController();
  const { signal } = stopped;
  let damage: DamagedFileError | undefined;
  let sweeping: Promise<void> | undefined;

  async function sweepAll(): Promise<void> {
    try {
      while (!signal.aborted && sweep(now())) await wait(PAUSE_MS, undefined, { ref: false, signal });
    } catch (error) {
      if (!signal.aborted)
        onProblem(new Error(`cannot delete what has expired: ${message(error)}`, { cause: error }));
    }
  }

  const timer = setInterval(() => {
    sweeping ??= sweepAll().finally(() => {
      sweeping = undefined;
    });
  }, EVERY_MS);
  timer.unref();

  const check =
    database.folder !== undefined && database.isUnchecked ? checkFile(database.folder) : undefined;
  const checked = check?.problems.then(
    (problems) => {
      if (problems.length === 0 || signal.aborted) return;
      damage = new DamagedFileError(database.folder ?? '', problems.join('; '));
      onProblem(damage);
    },
    (error) => {
      if (!signal.aborted)
        onProblem(new Error(`cannot check ${database.folder}: ${message(error)}`, { cause: error }));
    },
  );

  return {
    damage: () => damage,
    async stop() {
      stopped.abort();
      clearInterval(timer);
      check?.stop();
      await Promise.all([checked, sweeping]);
    },
  };
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
