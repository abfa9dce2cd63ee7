/** One folder for all examples of a run, with our packages as they are published. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findNode, pack } from '../way/installed-app.js';

export default async function setup({ provide }: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'liveinsight-examples-'));
  provide('folder', folder);
  provide('packed', await pack(folder, ['schema', 'tracker', 'dashboard', 'collector', 'cdk']));
  provide('newerNode', await findNode(folder));
  return () => rm(folder, { recursive: true, force: true });
}
