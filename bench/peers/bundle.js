/** Bundles a use of a peer as its users do. The peers are installed on first use, apart from the repository's own packages. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const folder = fileURLToPath(new URL('.', import.meta.url));

export function installPeers() {
  const installed = `${folder}node_modules/.package-lock.json`;
  if (existsSync(installed)) return;
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Versions by package, as locked. */
export const peerVersions = () => JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).dependencies;

/**
 * Chunks by file name, the entry first.
 * @param {string} source
 */
export async function bundlePeer(source) {
  const input = `${folder}entry-${process.pid}.js`;
  writeFileSync(input, source);
  try {
    const bundle = await rollup({
      input,
      plugins: [nodeResolve({ browser: true }), commonjs(), terser()],
      onwarn() {},
    });
    const { output } = await bundle.generate({ format: 'es', entryFileNames: 'entry.js' });
    await bundle.close();
    return new Map(output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk]] : [])));
  } finally {
    rmSync(input);
  }
}
