/** Writes the lock files of `examples/frameworks`, or of those that are named: `npm run lock:examples -- next nuxt`. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must, pack } from '../way/installed-app.js';
import { withoutPacked } from './lock-file.js';

/** 8.4.0 asks for a package that the registry does not have, and `npm ci` fails of a lock file without it. */
const VITE = { 'vite@^8': '~8.3.8' };

const folder = fileURLToPath(new URL('../../examples/frameworks', import.meta.url));
const work = await mkdtemp(join(tmpdir(), 'liveinsight-locks-'));
const packed = await pack(work, ['schema', 'tracker', 'dashboard', 'collector', 'cdk']);
const names = process.argv.length > 2 ? process.argv.slice(2) : await readdir(folder);

for (const name of names) {
  const path = join(folder, name);
  if (!(await readdir(path)).includes('package.json')) continue;
  const text = await readFile(join(path, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const place = join(work, name);
  const direct = Object.keys(manifest.dependencies ?? {}).filter((dependency) => packed[dependency]);
  const files = (list: string[]) => Object.fromEntries(list.map((one) => [one, `file:${packed[one]}`]));
  const others = Object.keys(packed).filter((one) => !direct.includes(one));
  await mkdir(place);
  const dependencies = { ...manifest.dependencies, ...files(direct) };
  const overrides = { ...files(others), ...(manifest.devDependencies?.vite ? {} : VITE) };
  const local = { ...manifest, dependencies, overrides };
  await writeFile(join(place, 'package.json'), JSON.stringify(local));
  const flags = ['--package-lock-only', '--omit-lockfile-registry-resolved', '--ignore-scripts'];
  await must('npm', ['install', ...flags, '--no-audit', '--no-fund'], place, process.env);
  const lock = JSON.parse(withoutPacked(await readFile(join(place, 'package-lock.json'), 'utf8')));
  Object.assign(lock.packages[''], { dependencies: manifest.dependencies });
  await writeFile(join(path, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
  console.log(name, Object.keys(lock.packages).length);
}
await rm(work, { recursive: true });
