/** The repository as a graph: its modules, and the packages they belong to. */
import { type Import, type Module, packageOf, readModule, resolveRelative } from './module.js';

export interface Package {
  /** From the repository's root: `packages/schema`. */
  folder: string;
  name: string;
  /** What others may import: `@liveinsight/schema`, `@liveinsight/schema/limits`. */
  entryPoints: Set<string>;
  /** Sources of the entry points: `packages/schema/src/index.ts`. */
  entryFiles: Set<string>;
  /** Packages that are installed with it, and so exist at run time. */
  dependencies: Set<string>;
  devDependencies: Set<string>;
}

export interface Graph {
  modules: Module[];
  packages: Package[];
  /** The module a relative import leads to. */
  target(from: Module, to: Import): string | undefined;
  /** The package a file lies in; `undefined` at the repository's own level. */
  owner(path: string): Package | undefined;
  /** The package of ours an import names. */
  ours(to: Import): Package | undefined;
}

/** @param files paths from the repository's root, with forward slashes, and their text */
export function buildGraph(files: ReadonlyMap<string, string>): Graph {
  const modules = [...files].filter(([path]) => isModule(path)).map(([path, text]) => readModule(path, text));
  const packages = [...files]
    .filter(([path]) => path.endsWith('/package.json'))
    .map(([path, text]) => readPackage(path.slice(0, -'/package.json'.length), JSON.parse(text)));
  return {
    modules,
    packages,
    target: (from, to) => resolveRelative(from.path, to.specifier, (path) => files.has(path)),
    owner: (path) => packages.find(({ folder }) => path.startsWith(`${folder}/`)),
    ours: (to) => packages.find(({ name }) => name === packageOf(to.specifier)),
  };
}

function isModule(path: string): boolean {
  return /\.(ts|tsx|mts|js|mjs|jsx)$/.test(path);
}

interface Manifest {
  name: string;
  exports?: Record<string, string | { default?: string }>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function readPackage(folder: string, manifest: Manifest): Package {
  const exported = Object.entries(manifest.exports ?? {});
  const files = exported.map(([, target]) => (typeof target === 'string' ? target : (target.default ?? '')));
  return {
    folder,
    name: manifest.name,
    entryPoints: new Set(exported.map(([path]) => manifest.name + path.slice(1))),
    entryFiles: new Set(
      files.map((file) => folder + file.replace(/^\.\/dist\//, '/src/').replace(/\.js$/, '.ts')),
    ),
    dependencies: names(manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies),
    devDependencies: names(manifest.devDependencies),
  };
}

function names(...groups: (Record<string, string> | undefined)[]): Set<string> {
  return new Set(groups.flatMap((group) => Object.keys(group ?? {})));
}
