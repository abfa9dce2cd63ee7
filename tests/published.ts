/** The packages that are published, as their manifests say. */
import { read, trackedFiles } from './tracked-files.js';

export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  description?: string;
  keywords?: string[];
  homepage?: string;
  bugs?: unknown;
  license?: string;
  type?: string;
  repository?: unknown;
  engines?: Record<string, string>;
  sideEffects?: unknown;
  files?: string[];
  bin?: Record<string, string>;
  exports?: Record<string, string | Record<string, string>>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export interface Published {
  folder: string;
  manifest: Manifest;
}

export const published: Published[] = trackedFiles()
  .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
  .map((path) => ({ folder: path.slice(0, -'/package.json'.length), manifest: JSON.parse(read(path)) }))
  .filter(({ manifest }) => !manifest.private);

/** What a program can import: entry points with code, not `package.json` and other data. */
export function entryPoints({ name, exports = {} }: Manifest): string[] {
  return Object.entries(exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([path]) => name + path.slice(1));
}

/** The files that `exports` and `bin` promise, from the package's folder. */
export function promisedFiles({ exports = {}, bin = {} }: Manifest): string[] {
  const exported = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  return [...exported, ...Object.values(bin)].map((file) => file.replace(/^\.\//, ''));
}
