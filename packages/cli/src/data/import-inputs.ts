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
export const readInputs = (places: string[]): Input[] => places.flatMap(listInputs);

function listInputs(place: string): Input[] {
  if (place === '-') return [{ name: 'standard input', bytes: () => process.stdin }];
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found) throw new CliError(`there is no file ${place}`, 'Check the path.');
  if (!found.isDirectory()) return [{ name: place, bytes: () => read(place) }];
  const names = readdirSync(place)
    .filter((name) => EXPORT_FILE.test(name))
    .sort();
  if (names.length === 0)
    throw new CliError(`there is no .ndjson file in ${place}`, 'Export as NDJSON: that can be imported.');
  return names.map((name) => ({ name: join(place, name), bytes: () => read(join(place, name)) }));
}

function read(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const plain = createGunzip();
  file.on('error', (error) => plain.destroy(error));
  return file.pipe(plain);
}
