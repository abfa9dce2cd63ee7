// The one build recipe of our Node libraries: every export of a package becomes one ESM file. `tsc` has checked the
// sources, and written their declarations to `dist/`, before.
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import nodeResolve from '@rollup/plugin-node-resolve';

// Required: an import looks through all of the compiler's nine megabytes for the names that it exports, twice.
const require = createRequire(import.meta.url);
/** @type {typeof import('@rollup/plugin-typescript').default} */
const rollupTypescript = require('@rollup/plugin-typescript');
/** Version 6, of this folder: version 7, which checks, has no compiler API yet. */
const compiler = require('typescript');

/**
 * @param {Record<string, string>} input entry name to source file; the name becomes the path under `dist/`
 * @returns {import('rollup').RollupOptions}
 */
export function library(input) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const packages = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
  const external = (id) =>
    id.startsWith('node:') ||
    builtinModules.includes(id) ||
    packages.some((name) => id === name || id.startsWith(`${name}/`));
  return {
    input,
    external,
    output: {
      dir: 'dist',
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name].js',
      sourcemap: true,
    },
    plugins: [nodeResolve({ extensions: ['.ts', '.js'] }), typescript()],
    onwarn(warning) {
      // An entry may hold types alone.
      if (warning.code === 'EMPTY_BUNDLE') return;
      throw new Error(warning.message);
    },
  };
}

/** Finds the package's own files alone. The types of other packages are read by no one here, and cost seconds to parse. */
const ownFiles = {
  ...compiler,
  resolveModuleName: (name, ...rest) =>
    name.startsWith('.') ? compiler.resolveModuleName(name, ...rest) : { resolvedModule: undefined },
};

/**
 * Compiles the sources of a package, each by itself: `tsc` has checked them. All of them are compiled at the first build that has
 * the plugin; more builds that share it take what was compiled.
 * @param {{ tsconfig?: string, outDir?: string, sourceMap?: boolean }} [options] `outDir` and `sourceMap` as rollup's output has them
 */
export const typescript = ({ tsconfig = 'tsconfig.build.json', outDir = 'dist', sourceMap = true } = {}) => {
  const plugin = rollupTypescript({
    typescript: ownFiles,
    tsconfig,
    compilerOptions: {
      module: 'ESNext',
      moduleResolution: 'Bundler',
      noCheck: true,
      lib: ['ES5'],
      types: [],
      noEmit: false,
      emitDeclarationOnly: false,
      declaration: false,
      sourceMap,
      inlineSources: sourceMap,
      outDir,
    },
  });
  let compiled = false;
  return {
    ...plugin,
    buildStart(options) {
      if (!compiled || this.meta.watchMode) plugin.buildStart.call(this, options);
      compiled = true;
    },
  };
};
