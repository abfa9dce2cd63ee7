/** A folder outside of the repository, where a page's commands are run as its reader would, with our packages as published. */
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inject } from 'vitest';
import { run } from '../../scripts/run.mjs';
import { must, write } from '../way/installed-app.js';

export interface EmptyFolder {
  path: string;
  /** Neither what Vitest sets for its own tests, nor an account that this machine may have. */
  env: NodeJS.ProcessEnv;
  write(files: Record<string, string>): Promise<void>;
  /** A page's `npm install …`: our packages are the packed ones, and so is what the registry would bring with them. */
  install(command: string): Promise<void>;
  run(command: string): ReturnType<typeof run>;
}

const QUICK = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];

/** @param path folders that go before those of this process, to find programs in */
export async function emptyFolder(
  name: string,
  { path: more = [], ...variables }: { path?: string[] } & Record<string, unknown> = {},
): Promise<EmptyFolder> {
  const path = join(inject('folder'), name.toLowerCase().replaceAll(/\W+/g, '-'));
  const packed = inject('packed');
  await rm(join(path, '.liveinsight'), { recursive: true, force: true });
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|LIVEINSIGHT_|VITEST|NODE_ENV|CI$)/.test(name),
  );
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(own),
    PATH: [join(path, 'node_modules/.bin'), ...more, process.env.PATH].join(delimiter),
    ...variables,
  };
  return {
    path,
    env,
    write: (files) => write(path, files),
    async install(command) {
      const [npm = '', ...words] = command.split(' ').map((word) => packed[word] ?? word);
      const ours = Object.values(packed).filter((file) => !words.includes(file));
      // Ours alone are not in the registry.
      const brought = words.some((word) => Object.values(packed).includes(word)) ? ours : [];
      await must(npm, [...words, ...brought, ...QUICK], path, env).catch((error) => {
        const what = `${name}: what it needs was not to be had from the registry, and nothing of it is tested`;
        throw new Error(what, { cause: error });
      });
    },
    run(command) {
      const [program = '', ...more] = programOf(command);
      return run(program, more, { cwd: path, env, quiet: true });
    },
  };
}

/** `npx` only finds what is on the path here: it would stand between a server and its signals. */
export const programOf = (command: string) => command.replace(/^npx /, '').split(' ');
