/** The folder of the embedded database: its files, the secret, the dev server's key, and who uses it now. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import { type DatabaseLock, readLock, writeLock } from './lock-file.js';
import { isPrivate, randomText, writePrivate } from './private-file.js';

/** As the collector wants it. */
const MIN_SECRET_CHARS = 16;
const MIN_KEY_CHARS = 20;

export interface DataFolder {
  path: string;
  /** Where LevelDB keeps its files. */
  database: string;
  /** Makes the folder where it is missing, and keeps other users of the machine out of it. */
  make(): void;
  /** The secret, made at the first call and kept. To be asked for by the database's holder alone. */
  secret(): string;
  /** The key that opens the dev server, stored likewise. One that others could have read or put there is replaced. */
  key(): string;
  /** The process that holds the database now; other commands reach it there. */
  readLock(): DatabaseLock | undefined;
  lock(holder: DatabaseLock): void;
  unlock(): void;
}

export function dataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const at = (name: string) => join(path, name);
  return {
    path,
    database: at('dynamodb'),
    make: () => make(path),
    secret() {
      const file = at('secret');
      if (!existsSync(file)) writePrivate(file, `${randomText()}\n`);
      const secret = readFileSync(file, 'utf8').trim();
      if (secret.length >= MIN_SECRET_CHARS) return secret;
      throw new CliError(
        `the secret in ${file} has fewer than ${MIN_SECRET_CHARS} characters`,
        'Put the old secret back, or delete the file: a new one is made, and returning visitors count as new.',
      );
    },
    key() {
      const file = at('key');
      if (!isPrivate(file) || readFileSync(file, 'utf8').trim().length < MIN_KEY_CHARS) {
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
    // An older version made it with what the umask left.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
    // The secret and visitors' data have no place in a repository.
    const ignore = join(path, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (cause) {
    throw new CliError(
      `the data folder ${path} can’t be made, or not for this user alone: ${(cause as Error).message}`,
      'Give another one with --data, or mend its permissions.',
      { cause },
    );
  }
}
