/** The folder of the embedded database: its files, the secret, the dev server's key, and who uses it now. */
import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure.js';

/** As the collector wants it. */
const LEAST_SECRET_CHARS = 16;
const MIN_KEY_CHARS = 20;

/** The server that holds the database now; other commands reach it there. */
export interface Holder {
  pid: number;
  /** Of the database's own API. */
  endpoint: string;
  /** Of the dev server, where it is one. */
  url?: string;
}

export interface DataFolder {
  path: string;
  /** Where LevelDB keeps its files. */
  database: string;
  /** Makes the folder where it is missing. */
  make(): void;
  /** The secret, made at the first call and kept. To be asked for by the database's holder alone. */
  secret(): string;
  /** The key that opens the dev server, stored likewise. One that others could have read or put there is replaced. */
  key(): string;
  holder(): Holder | undefined;
  hold(holder: Holder): void;
  release(): void;
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
      if (!existsSync(file)) writeRandom(file);
      const secret = readFileSync(file, 'utf8').trim();
      if (secret.length >= LEAST_SECRET_CHARS) return secret;
      throw new Failure(
        `the secret in ${file} has fewer than ${LEAST_SECRET_CHARS} characters`,
        'Put the old secret back, or delete the file: a new one is made, and returning visitors count as new.',
      );
    },
    key() {
      const file = at('key');
      if (!isPrivate(file) || readFileSync(file, 'utf8').trim().length < MIN_KEY_CHARS) {
        rmSync(file, { force: true });
        writeRandom(file);
      }
      return readFileSync(file, 'utf8').trim();
    },
    holder: () => readHolder(at('running.json')),
    hold: (holder) => writeFileSync(at('running.json'), JSON.stringify(holder)),
    release: () => rmSync(at('running.json'), { force: true }),
  };
}

function writeRandom(file: string): void {
  writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
}

/** Whether it is a file of this user that nobody else can read. A repository that brings such a file can't make it one. */
function isPrivate(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return false;
  // Windows has neither these bits nor user ids; there the folder's own permissions hold.
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o077) === 0;
}

function make(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    // The secret and visitors' data have no place in a repository.
    const ignore = join(path, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (cause) {
    throw new Failure(
      `the data folder ${path} can’t be made: ${(cause as Error).message}`,
      'Give another one with --data, or mend its permissions.',
      { cause },
    );
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // None, or one that was killed while it wrote.
  }
}
