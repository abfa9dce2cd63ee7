/** The folder where apps are installed and built: outside of the repository, whose own packages they must not find. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findNode, freePort, must, pack, write } from '../way/installed-app.js';
import type { Framework, Install } from './framework.js';

export interface RunningApp {
  port: number;
  stop(): Promise<unknown>;
}

/** @param kept a folder that stays, so that a second run installs nothing; default: one that goes */
export async function openWorkshop(kept?: string) {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'liveinsight-frameworks-')));
  await mkdir(folder, { recursive: true });
  const bin = await findNode(folder);
  const tracker = (await pack(folder, ['tracker']))['@liveinsight/tracker'];
  const environment = (app: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
    // What Vitest sets for its own tests is not for the apps.
    const { VITEST: _, ...own } = process.env;
    return {
      ...own,
      PATH: [join(app, 'node_modules/.bin'), bin, process.env.PATH].join(delimiter),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      NUXT_TELEMETRY_DISABLED: '1',
      ...more,
    };
  };
  const folderOf = ({ name }: Framework) => join(folder, name.toLowerCase().replaceAll(/\W+/g, '-'));

  return {
    /** Installs what the app needs. */
    async install(framework: Framework): Promise<void> {
      const app = folderOf(framework);
      const manifest = {
        private: true,
        type: 'module',
        dependencies: { ...framework.dependencies, '@liveinsight/tracker': `file:${tracker}` },
      };
      await write(app, { 'package.json': JSON.stringify(manifest) });
      await must('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], app, environment(app));
    },

    /** Builds the app for production and serves it. */
    async start(framework: Framework, install: Install): Promise<RunningApp> {
      const app = folderOf(framework);
      for (const name of readdirSync(app))
        if (name !== 'node_modules' && name !== 'package.json')
          await rm(join(app, name), { recursive: true, force: true });
      await write(app, framework.files(install));
      const [build, ...buildArguments] = framework.build ?? [];
      if (build) await must(build, buildArguments, app, environment(app));
      const port = await freePort();
      const [command = '', ...more] = framework.start(`${port}`);
      const env = environment(app, { PORT: `${port}`, HOST: '127.0.0.1' });
      const child = spawn(command, more, {
        cwd: app,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      const ended = once(child, 'exit');
      await answers(
        port,
        () => child.exitCode !== null,
        () => output,
      );
      return {
        port,
        stop() {
          // With what it started in turn.
          if (child.exitCode === null && child.pid) process.kill(-child.pid);
          return ended;
        },
      };
    },

    /** Of the framework itself, as it was installed. */
    async version(framework: Framework): Promise<string> {
      const manifest = join(folderOf(framework), 'node_modules', framework.package, 'package.json');
      return JSON.parse(await readFile(manifest, 'utf8')).version;
    },

    close: async () => {
      if (!kept) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number, hasEnded: () => boolean, output: () => string): Promise<void> {
  while (!hasEnded()) {
    try {
      await fetch(`http://127.0.0.1:${port}/one`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`the app's server ended:\n${output().slice(-4000)}`);
}
