/** The program as a user starts it: a process, its words, its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/liveinsight.js', import.meta.url));

export interface Program {
  child: ChildProcess;
  /** What it has printed, both streams. */
  output(): string;
  /** Resolves as soon as it has printed what fits; rejects where it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** Started with no word of AWS in the environment but `env`, in the folder `cwd`. */
export function start(args: string[], cwd: string, env: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const look of listeners) look();
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    output: () => output,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found) resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${output}`)));
      }),
  };
}

/** Runs to its end. */
export async function run(args: string[], cwd: string, env?: Record<string, string>) {
  const program = start(args, cwd, env);
  const code = await program.ended;
  return { code, output: program.output() };
}

export interface DevProgram extends Program {
  url: string;
  /** What opens it, as the printed address of the dashboard has it. */
  key: string;
}

/** A dev server on a free port, once it is up. */
export async function startDev(cwd: string, ...args: string[]): Promise<DevProgram> {
  const program = start(['dev', '--port', '0', ...args], cwd);
  const [, url = '', key = ''] = await program.says(
    /Dashboard\s+(http:\/\/localhost:\d+)\/dashboard#key=(\S+)\n[\s\S]*Ctrl\+C/,
  );
  return { ...program, url, key: decodeURIComponent(key) };
}

/** A read of a dev server's API, with its key. */
export const ask = ({ url, key }: Pick<DevProgram, 'url' | 'key'>, path: string): Promise<Response> =>
  fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
