/** A copy of what is committed, to release from: with what was built here, as the release workflow does it. */
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from '../way/installed-app.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GIT = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.com'];

export async function copyRepository(path: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(path, { recursive: true });
  await must('git', ['archive', '--output', `${path}.tar`, 'HEAD'], root, env);
  await must('tar', ['--extract', '--file', `${path}.tar`], path, env);
  await must('git', ['init', '--quiet', '--initial-branch', 'main'], path, env);
  await must('git', ['add', '--all'], path, env);
  await must('git', [...GIT, 'commit', '--quiet', '--message', 'What is released'], path, env);
  for (const name of await readdir(join(path, 'packages')))
    await cp(join(root, 'packages', name, 'dist'), join(path, 'packages', name, 'dist'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'));
}

export interface ReleasedManifest {
  name: string;
  version: string;
  private?: boolean;
  dependencies?: Record<string, string>;
}

/** Of the packages that are published, by their folder. */
export async function releasedManifests(path: string): Promise<Record<string, ReleasedManifest>> {
  const folders = await readdir(join(path, 'packages'));
  const manifests = await Promise.all(
    folders.map(async (folder): Promise<[string, ReleasedManifest]> => {
      const text = await readFile(join(path, 'packages', folder, 'package.json'), 'utf8');
      return [folder, JSON.parse(text)];
    }),
  );
  return Object.fromEntries(manifests.filter(([, manifest]) => !manifest.private));
}
