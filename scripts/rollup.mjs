// The one build recipe of our Node libraries: every export of a package becomes one ESM file with its types.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import nodeResolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';

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
    plugins: [
      nodeResolve(),
      typescript({
        tsconfig: 'tsconfig.json',
        noEmit: false,
        module: 'ESNext',
        moduleResolution: 'bundler',
        declaration: true,
        declarationDir: 'dist',
        rootDir: 'src',
        outDir: 'dist',
        include: ['src/**/*'],
        filterRoot: '.',
        noEmitOnError: true,
      }),
    ],
    onwarn(warning) {
      // An entry may hold types alone.
      if (warning.code === 'EMPTY_BUNDLE') return;
      throw new Error(warning.message);
    },
  };
}
