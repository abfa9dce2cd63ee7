/** A server that was started by a command of a page; it runs until it is stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type EmptyFolder, programOf } from './empty-folder.js';

export interface Program {
  url: string;
  /** Resolves once it has printed what fits. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends SIGTERM. Resolves to whether it ended within 20 s. */
  ends(): Promise<boolean>;
}

const SHUTDOWN_WITHIN_MS = 20_000;

/** Resolves once it answers at the port that `PORT` says. */
export async function startProgram(
  command: string,
  { path, env }: Pick<EmptyFolder, 'path' | 'env'>,
): Promise<Program> {
  const [program = '', ...more] = programOf(command);
  const child = spawn(program, more, { cwd: path, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  const fail = () => new Error(`${command} ended:\n${output.slice(-4000)}`);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const url = `http://localhost:${env.PORT}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw fail();
    await wait(100);
  }
  return {
    url,
    async prints(pattern) {
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(fail()))]);
      }
    },
    async ends() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN_WITHIN_MS);
      await ended;
      clearTimeout(kill);
      return child.signalCode !== 'SIGKILL';
    },
  };
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );
