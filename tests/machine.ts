/** A machine in a temporary folder: its own PATH with real, small executables that log how they were called. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Place } from '../scripts/tool-places.mjs';

export interface Machine {
  place: Place;
  /** Stands for Playwright's command. */
  playwright: string;
  /** Puts an executable on the PATH; its body is a line of `sh`. */
  command(name: string, body?: string): string;
  file(path: string, text: string): void;
  /** The calls of all executables but questions for a version, in order. */
  calls(): string[];
  remove(): void;
}

export function machine(env: NodeJS.ProcessEnv = {}): Machine {
  const root = mkdtempSync(join(tmpdir(), 'liveinsight-machine-'));
  const bin = join(root, 'bin');
  const log = join(root, 'calls');
  mkdirSync(bin);
  symlinkSync('/usr/bin/env', join(bin, 'env'));
  const place: Place = { env: { PATH: bin, ...env }, platform: 'linux', root };
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  file(
    'playwright.js',
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'playwright ' + process.argv.slice(2).join(' ') + '\\n'); process.exit(1);`,
  );
  return {
    place,
    playwright: join(root, 'playwright.js'),
    file,
    command(name, body = 'exit 0') {
      const path = join(bin, name);
      writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> ${log}\n${body}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    calls() {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
      return lines.filter((line) => !/ (--version|-version|--help|-u)$/.test(line));
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
