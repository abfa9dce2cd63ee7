/** An app that is made as `docs/mounts.md` says, in an empty folder: installed, built for production, and started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import { freePort, must, write } from '../way/installed-app.js';
import type { App } from './app.js';
import { readGuide } from './guide.js';

export interface RunningApp {
  url: string;
  /** Resolves once the app has printed what fits. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends SIGTERM. Resolves to whether it ended within 20 s. */
  ends(): Promise<boolean>;
}

export interface BuiltApp {
  start(): Promise<RunningApp>;
}

const SHUTDOWN_WITHIN_MS = 20_000;

export async function build(app: App): Promise<BuiltApp> {
  const folder = join(inject('folder'), app.name.toLowerCase().replaceAll(/\W+/g, '-'));
  await rm(join(folder, '.liveinsight'), { recursive: true, force: true });
  const guide = readGuide();
  const { files, commands } = guide.chapter(app.chapter);
  const port = await freePort();
  const env = environment(app, folder, port);

  const { name, type, dependencies } = app;
  const manifest = { name: 'shop', private: true, type, dependencies };
  await write(folder, { 'package.json': JSON.stringify(manifest), ...app.files(guide.tag) });
  const [npm = '', ...words] = published(guide.install);
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  await must(npm, [...words, ...flags], folder, env).catch((error) => {
    throw new Error(`${name} was not to be had from the registry, and nothing of it is tested`, {
      cause: error,
    });
  });
  const here = Object.entries(files).map(([path, code]) => [
    path,
    code.replaceAll('localhost:3000', `localhost:${port}`),
  ]);
  await write(folder, Object.fromEntries(here));

  const [start = [], ...builds] = commands.map(programOf).reverse();
  for (const [program = '', ...more] of builds.reverse()) await must(program, more, folder, env);
  return { start: () => run(start, folder, env, port) };
}

/** The page's words, with the packed files in place of our packages' names, and what the registry would bring with them. */
function published(install: string): string[] {
  const packed = inject('packed');
  const words = install.split(' ').map((word) => packed[word] ?? word);
  return [...words, packed['@liveinsight/schema'] ?? ''];
}

/** `npx` only finds what is on the path here: it would stand between the app's server and its signals. */
const programOf = (command: string) => command.replace(/^npx /, '').split(' ');

function environment({ needsNewerNode }: App, folder: string, port: number): NodeJS.ProcessEnv {
  const path = [join(folder, 'node_modules/.bin'), ...(needsNewerNode ? [inject('newerNode')] : [])];
  // Neither what Vitest sets for its own tests, nor an account that this machine may have.
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|LIVEINSIGHT_|VITEST)/.test(name));
  return {
    ...Object.fromEntries(own),
    PATH: [...path, process.env.PATH].join(delimiter),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: `${port}`,
  };
}

async function run(
  [program = '', ...more]: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  port: number,
): Promise<RunningApp> {
  const child = spawn(program, more, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  const fail = () => new Error(`the app's server ended:\n${output.slice(-4000)}`);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const url = `http://localhost:${port}`;
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
