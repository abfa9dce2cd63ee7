// The one build recipe of our Node libraries: every export of a package becomes one ESM file. `tsc` has compiled the
// sources to `.build/`, and their declarations to `dist/`, before.
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import nodeResolve from '@rollup/plugin-node-resolve';

/**
 * @param {Record<string, string>} input entry name to compiled file; the name becomes the path under `dist/`
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
    plugins: [nodeResolve(), compiled],
    onwarn(warning) {
      // An entry may hold types alone.
      if (warning.code === 'EMPTY_BUNDLE') return;
      throw new Error(warning.message);
    },
  };
}

/** What `tsc` has written, with its way back to the sources. */
export const compiled = {
  name: 'compiled',
  load(id) {
    if (!existsSync(`${id}.map`)) return null;
    const code = readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
    return { code, map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) };
  },
};
