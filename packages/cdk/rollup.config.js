import { files } from '@liveinsight/dashboard/files';
import { scripts } from '@liveinsight/tracker/script';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
import { minifySync } from 'rolldown/utils';
import { library, typescript } from '../../scripts/rollup.mjs';

const FUNCTIONS = ['collector', 'buffered-ingest', 'drain', 'rollup'];

const compile = typescript({
  tsconfig: 'functions/tsconfig.json',
  outDir: 'dist/functions',
  sourceMap: false,
});

/** In native code, a hundredth of the time that Terser takes, and a little smaller. */
const minify = {
  name: 'minify',
  renderChunk(source, { fileName }) {
    const { code, errors } = minifySync(fileName, source, {
      module: true,
      compress: { target: 'es2022' },
      codegen: { legalComments: 'none' },
    });
    if (errors.length > 0) throw new Error(`${fileName}: ${errors.map(({ message }) => message).join('; ')}`);
    return { code, map: null };
  },
};

/**
 * Lambda programs. What several of one build need is shared; the SDK, which the collector loads for credentials of other places
 * than Lambda, is left to the runtime and never loaded.
 */
const functions = (names) => ({
  // A program that shares its code with nothing but what it imports later is one file.
  preserveEntrySignatures: 'allow-extension',
  input: Object.fromEntries(names.map((name) => [name, `functions/${name}.ts`])),
  external: (id) => id.startsWith('node:') || id.startsWith('@aws-sdk/'),
  // Node's modules are imported where something of them is used, and not for themselves.
  treeshake: { moduleSideEffects: 'no-external' },
  output: {
    dir: 'dist/functions',
    format: 'es',
    entryFileNames: '[name].mjs',
    // Of each build in a folder of its own.
    chunkFileNames: `${names.length > 1 ? 'shared' : names[0]}/[name].mjs`,
  },
  plugins: [
    nodeResolve({
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportConditions: ['node', 'import', 'module', 'default'],
    }),
    compile,
    commonjs(),
    json(),
    minify,
  ],
  onwarn(warning) {
    // The SDK's own packages have cycles and builtin names without node:, none of them ours to change.
    if (['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'].includes(warning.code)) return;
    throw new Error(warning.message);
  },
});

/** The tracker and the dashboard as files, for deployments that upload them to a bucket without the construct. */
const staticFiles = {
  name: 'static-files',
  generateBundle() {
    const emit = (fileName, source) =>
      this.emitFile({ type: 'asset', fileName: `static/${fileName}`, source });
    for (const [name, script] of Object.entries(scripts)) emit(name, script);
    for (const [path, { body }] of Object.entries(files)) emit(`dashboard/${path}`, body);
  },
};

const construct = library({ index: 'src/index.ts', app: 'src/app.ts' });
construct.plugins.push(staticFiles);

/** The last two are each a file by itself: one starts faster so, the other is deployed beside the files that it publishes. */
export default [construct, functions(FUNCTIONS), functions(['ingest']), functions(['publish-files'])];
