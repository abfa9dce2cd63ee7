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

/** A dev server on a free port, once it is up. */
export async function startDev(cwd: string, ...args: string[]): Promise<Program & { url: string }> {
  const program = start(['dev', '--port', '0', ...args], cwd);
  const [, url = ''] = await program.says(/Shop\s+(http:\/\/localhost:\d+)\/[\s\S]*Ctrl\+C/);
  return { ...program, url };
}
