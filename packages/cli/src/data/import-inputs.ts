/** What an import reads: files, the NDJSON files of folders, or standard input. */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { CliError } from '../cli-error.js';

export interface Input {
  name: string;
  bytes(): AsyncIterable<Uint8Array>;
}

const EXPORT_FILE = /\.ndjson(\.gz)?$/;

/** In the order given; within a folder by name, which is by day. */
export const readInputs = (paths: string[]): Input[] => paths.flatMap(listInputs);

function listInputs(path: string): Input[] {
  if (path === '-') return [{ name: 'standard input', bytes: () => process.stdin }];
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CliError(`no such file or folder: ${path}`, 'Check the path.');
  if (!found.isDirectory()) return [{ name: path, bytes: () => read(path) }];
  const names = readdirSync(path)
    .filter((name) => EXPORT_FILE.test(name))
    .sort();
  if (names.length === 0)
    throw new CliError(`no .ndjson file in ${path}`, 'Export as NDJSON: other formats cannot be imported.');
  return names.map((name) => ({ name: join(path, name), bytes: () => read(join(path, name)) }));
}

function read(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const plain = createGunzip();
  file.on('error', (error) => plain.destroy(error));
  return file.pipe(plain);
}
