/** The folder of the embedded database: its files, the secret, and who uses it now. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure.js';

/** As the collector wants it. */
const LEAST_SECRET_CHARS = 16;

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
      if (!existsSync(file)) {
        writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
      }
      const secret = readFileSync(file, 'utf8').trim();
      if (secret.length >= LEAST_SECRET_CHARS) return secret;
      throw new Failure(
        `the secret in ${file} has fewer than ${LEAST_SECRET_CHARS} characters`,
        'Put the old secret back, or delete the file: a new one is made, and returning visitors count as new.',
      );
    },
    holder: () => readHolder(at('running.json')),
    hold: (holder) => writeFileSync(at('running.json'), JSON.stringify(holder)),
    release: () => rmSync(at('running.json'), { force: true }),
  };
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
