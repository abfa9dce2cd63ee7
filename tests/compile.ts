/** Runs the compiler on a folder of files, as a user does. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { root } from './tracked-files.js';

export interface Compiled {
  /** Every file that was read, the libraries' included, with its full path. */
  files: string[];
  complaints: Complaint[];
}

export interface Complaint {
  /** Full path; `undefined` where it is about no file. */
  file: string | undefined;
  /** From 1. */
  line: number;
  message: string;
}

/** For server and browser code alike, under NodeNext. */
const options = {
  target: 'ES2022',
  module: 'NodeNext',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: ['node'],
  strict: true,
  noEmit: true,
};

/** @param files paths inside the folder, which get a tsconfig.json beside them */
export async function compile(folder: string, files: string[], more: object = {}): Promise<Compiled> {
  const config = { compilerOptions: { ...options, ...more }, files };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', folder, '--pretty', 'false', '--listFiles'];
  const outcome = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 2 ** 26,
  }).catch((error) => error);
  if (typeof outcome.stdout !== 'string') throw outcome;
  const compiled = readOutput(outcome.stdout, folder);
  // A compiler that could not start has no complaints either.
  if (!files.every((file) => compiled.files.includes(join(folder, file)))) throw outcome;
  return compiled;
}

function readOutput(output: string, folder: string): Compiled {
  const compiled: Compiled = { files: [], complaints: [] };
  for (const text of output.split('\n')) {
    const [, file, line, message] = /^(?:(.+)\((\d+),\d+\): )?(error TS\d+: .*)$/.exec(text) ?? [];
    const last = compiled.complaints.at(-1);
    if (message)
      compiled.complaints.push({ file: file && resolve(folder, file), line: Number(line), message });
    else if (last && text.startsWith(' ')) last.message += `\n${text}`;
    else if (text) compiled.files.push(resolve(folder, text));
  }
  return compiled;
}
