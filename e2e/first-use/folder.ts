/** One folder for all apps of a run, with our packages as they are published. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findNode, pack } from '../way/installed-app.js';

declare module 'vitest' {
  export interface ProvidedContext {
    folder: string;
    /** The packed file of each of our packages, by its name. */
    packed: Record<string, string>;
    /** The folder of a Node that all the frameworks accept. */
    newerNode: string;
  }
}

/** `FIRST_USE_FOLDER` names a folder that stays, so that a second run installs less; without it, it goes. */
export default async function setup({ provide }: TestProject) {
  const kept = process.env.FIRST_USE_FOLDER;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'liveinsight-first-use-')));
  await mkdir(folder, { recursive: true });
  provide('folder', folder);
  provide(
    'packed',
    await pack(folder, ['schema', 'tracker', 'dashboard', 'collector', 'cdk', 'cli', 'testing']),
  );
  provide('newerNode', await findNode(folder));
  return async () => {
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  };
}
