/** A project on the disk: what it is made of. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export interface Project {
  /** Dependencies of any kind. */
  has(dependency: string): boolean;
  /** Undefined where there is no such file. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** The first of these files that there is. */
  first(...paths: string[]): string | undefined;
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): string[];
  isModule: boolean;
  usesTypeScript: boolean;
  /** A site's id made of the project's name. */
  siteId: string;
  /** The command that installs packages. */
  install: string;
}

const INSTALLS = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['bun.lock', 'bun add'],
] as const;

interface Manifest {
  name?: string;
  type?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export function openProject(folder: string): Project {
  const at = (path: string) => join(folder, path);
  const read = (path: string) => (existsSync(at(path)) ? readFileSync(at(path), 'utf8') : undefined);
  const manifest: Manifest = JSON.parse(read('package.json') ?? '{}');
  const name = manifest.name?.split('/').at(-1) ?? basename(resolve(folder));
  return {
    has: (dependency) =>
      Object.hasOwn(manifest.dependencies ?? {}, dependency) ||
      Object.hasOwn(manifest.devDependencies ?? {}, dependency),
    read,
    write(path, text) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    first: (...paths) => paths.find((path) => existsSync(at(path))),
    list: (path) => (existsSync(at(path)) ? readdirSync(at(path)).sort() : []),
    isModule: manifest.type === 'module',
    usesTypeScript: existsSync(at('tsconfig.json')),
    siteId:
      name
        .toLowerCase()
        .replace(/[^a-z0-9._-]/g, '-')
        .slice(0, 64) || 'shop',
    install: INSTALLS.find(([lock]) => existsSync(at(lock)))?.[1] ?? 'npm install',
  };
}
