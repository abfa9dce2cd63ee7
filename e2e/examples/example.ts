/** An example of `examples/frameworks`, in an empty folder: installed from its lock file, with our packages as they are published. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { must } from '../way/installed-app.js';
import { withPacked } from './lock-file.js';

export const examples = fileURLToPath(new URL('../../examples/frameworks', import.meta.url));

export interface Example {
  path: string;
  env: NodeJS.ProcessEnv;
  /** Runs an npm script that the example has. */
  run(script: string, ...args: string[]): Promise<string>;
}

const QUICK = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];

export async function install(name: string, variables: Record<string, string> = {}): Promise<Example> {
  const path = join(inject('folder'), name);
  await cp(join(examples, name), path, { recursive: true });
  const own = Object.entries(process.env).filter(
    ([key]) => !/^(?:AWS_|LIVEINSIGHT_|VITEST|NODE_ENV|CI$)/.test(key),
  );
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(own),
    PATH: [inject('newerNode'), process.env.PATH].join(delimiter),
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    NUXT_TELEMETRY_DISABLED: '1',
    ...variables,
  };
  const example: Example = {
    path,
    env,
    run: (script, ...args) => must('npm', ['run', script, '--', ...args], path, env),
  };
  const files = await readdir(path);
  if (!files.includes('package.json')) return example;
  const lock = join(path, 'package-lock.json');
  await writeFile(lock, withPacked(await readFile(lock, 'utf8'), inject('packed')));
  await must('npm', ['ci', ...QUICK], path, env);
  return example;
}
