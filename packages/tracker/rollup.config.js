// The script-tag file, the same as text for whoever serves it, and the npm build, all from one source.
import { readFileSync } from 'node:fs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const compile = (types) =>
  typescript({
    tsconfig: 'tsconfig.json',
    module: 'ESNext',
    moduleResolution: 'bundler',
    filterRoot: '.',
    noEmit: false,
    rootDir: 'src',
    outDir: 'dist',
    include: ['src/**/*'],
    noEmitOnError: true,
    ...(types ? { declaration: true, declarationDir: 'dist' } : {}),
  });

// Names of ours that cross a module start with `_`: nothing of the browser's, the wire's or the stored form does.
const minify = (module) =>
  terser({
    ecma: 2020,
    module,
    toplevel: true,
    compress: { passes: 4, unsafe_arrows: true, pure_getters: true },
    mangle: { properties: { regex: /^_[a-z]/ } },
    format: { comments: false },
  });

const onwarn = (warning) => {
  throw new Error(warning.message);
};

/** Puts the finished script into `script-file.js`. */
const embedScript = {
  name: 'embed-script',
  renderChunk: (code) =>
    code.replace('SCRIPT_TEXT', () => JSON.stringify(readFileSync('dist/liveinsight.js', 'utf8'))),
};

export default [
  {
    input: 'src/script.ts',
    output: { file: 'dist/liveinsight.js', format: 'iife' },
    plugins: [nodeResolve(), compile(false), minify(false)],
    onwarn,
  },
  {
    input: { index: 'src/index.ts' },
    output: { dir: 'dist', format: 'es', sourcemap: true },
    plugins: [nodeResolve(), compile(true), minify(true)],
    onwarn,
  },
  {
    input: { 'script-file': 'src/script-file.ts' },
    output: { dir: 'dist', format: 'es' },
    plugins: [compile(true), embedScript],
    onwarn,
  },
];
