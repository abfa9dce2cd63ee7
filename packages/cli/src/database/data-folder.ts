/** The folder of the embedded database: its files, the secret, the key of the dev server, and the lock. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MIN_SECRET_CHARS, RECOMMENDED_KEY_CHARS } from '@liveinsight/collector/config';
import { CliError } from '../cli-error.js';
import { type DatabaseLock, readLock, writeLock } from './lock-file.js';
import { isPrivate, randomText, writePrivate } from './private-file.js';

export interface DataFolder {
  path: string;
  /** Where the store keeps its files. */
  database: string;
  /** Creates the folder if it is missing, readable by this user only. */
  make(): void;
  /**
   * The secret, created at the first call. Only the process that holds the lock may ask for it.
   * @param given by the environment: the folder's from then on
   */
  secret(given?: string): string;
  /** The key of the dev server, created at the first call. A key that other users could read or write is replaced. */
  key(): string;
  /** The process that uses the database now, through which other commands reach it. */
  readLock(): DatabaseLock | undefined;
  lock(holder: DatabaseLock): void;
  unlock(): void;
}

export function dataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const at = (name: string) => join(path, name);
  return {
    path,
    database: at('database'),
    make: () => make(path),
    secret(given) {
      const file = at('secret');
      if (!existsSync(file)) writePrivate(file, `${given ?? randomText()}\n`);
      const secret = readFileSync(file, 'utf8').trim();
      if (given !== undefined && given !== secret)
        throw new CliError(
          `LIVEINSIGHT_SECRET is not the secret in ${file}`,
          'Unset LIVEINSIGHT_SECRET, or set it to that secret. With another secret, returning visitors count as new.',
        );
      if (secret.length >= MIN_SECRET_CHARS) return secret;
      throw new CliError(
        `the secret in ${file} has fewer than ${MIN_SECRET_CHARS} characters`,
        'Restore the old secret, or delete the file. With a new secret, returning visitors count as new.',
      );
    },
    key() {
      const file = at('key');
      if (!isPrivate(file) || readFileSync(file, 'utf8').trim().length < RECOMMENDED_KEY_CHARS) {
        writePrivate(file, `${randomText()}\n`);
      }
      return readFileSync(file, 'utf8').trim();
    },
    readLock: () => readLock(at('running.json')),
    lock: (holder) => writeLock(at('running.json'), holder),
    unlock: () => rmSync(at('running.json'), { force: true }),
  };
}

function make(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // Older versions created the folder with the default permissions.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
    // Keeps the secret and visitor data out of repositories.
    const ignore = join(path, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (cause) {
    throw new CliError(
      `cannot create the data folder ${path} with private permissions: ${(cause as Error).message}`,
      'Choose another folder with --data, or fix the permissions.',
      { cause },
    );
  }
}
