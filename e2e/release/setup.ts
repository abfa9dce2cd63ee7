/** One registry for the rehearsal, with the first release published to it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { must, write } from '../way/installed-app.js';
import { startRegistry } from './registry.js';
import { copyRepository } from './repository.js';

declare module 'vitest' {
  export interface ProvidedContext {
    registry: string;
    /** With npm's settings for that registry. */
    registryEnv: Record<string, string>;
    /** The folder of the rehearsal, and in it `repository`, which is released from. */
    rehearsal: string;
  }
}

export default async function setup({ provide }: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'liveinsight-release-'));
  await write(folder, { 'registry/README.md': '' });
  const registry = await startRegistry(join(folder, 'registry'));
  const repository = join(folder, 'repository');
  try {
    await copyRepository(repository, registry.env);
    await must('npm', ['run', 'release', '--', '--no-git-tag'], repository, registry.env);
  } catch (error) {
    await registry.close();
    throw error;
  }
  provide('registry', registry.url);
  provide(
    'registryEnv',
    Object.fromEntries(Object.entries(registry.env).map(([name, value]) => [name, value ?? ''])),
  );
  provide('rehearsal', folder);
  return async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  };
}
