// The script-tag file, the same as text for whoever serves it, and the npm build, all from one source.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import uglify from 'uglify-js';
import { typescript } from '../../scripts/rollup.mjs';
import { toBlock } from './block.js';
import { findOnce } from './found.js';
import { passByScope } from './pass-by-scope.js';
import { applyNames, findNames } from './rename.js';
import { applyMoves, findMoves } from './reorder.js';

// The session is stored on the device, where another version of this script may find it: its names stay.
const storedNames = {
  _wire: 's',
  _context: 'd',
  _visitor: 'v',
  _start: 'b',
  _last: 'l',
  _pages: 'p',
  _conversions: 'c',
  _acted: 'k',
  _engaged: 'e',
};

// Names of ours that cross a module start with `_`: nothing of the browser's, the wire's or the stored form does.
const minify = (module, passes = 4) =>
  terser({
    ecma: 2020,
    module,
    toplevel: true,
    compress: {
      passes,
      inline: true,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
    },
    mangle: { properties: { regex: /^_[a-z]/ } },
    nameCache: {
      props: {
        props: Object.fromEntries(Object.entries(storedNames).map(([name, short]) => [`$${name}`, short])),
      },
    },
    format: { comments: false },
  });

/** Puts functions that are called once in the place of their calls, arguments and all: where terser leaves off. */
const inline = (module) => ({
  name: 'inline',
  renderChunk(code, _chunk, { sourcemap }) {
    const {
      error,
      code: inlined,
      map,
    } = uglify.minify(code, {
      module,
      compress: {
        passes: 4,
        inline: 4,
        unsafe: true,
        pure_getters: true,
        keep_fargs: false,
        hoist_vars: true,
        join_vars: false,
      },
      sourceMap: Boolean(sourcemap),
    });
    if (error) throw error;
    return { code: inlined, map: map ?? null };
  },
});

const block = {
  name: 'block',
  renderChunk: (code) => ({ code: toBlock(code), map: null }),
};

const scoped = {
  name: 'scoped',
  renderChunk: (code) => ({ code: passByScope(code), map: null }),
};

const onwarn = (warning) => {
  throw new Error(warning.message);
};

const compile = typescript({ sourceMap: false });
const compileWithMap = typescript();

/** Takes other files than the source names: what the builds differ in. */
const exchange = (files) => ({
  name: 'exchange',
  resolveId: (id) => (files[id] ? fileURLToPath(new URL(`src/${files[id]}`, import.meta.url)) : undefined),
});

const core = { './features-core.js': 'features-core.ts', './debug-log.js': 'debug-log.ts' };
/** Files of web-vitals, as it imports them itself. */
const lean = Object.fromEntries(
  ['initMetric', 'bindReporter', 'initUnique'].map((name) => [`./lib/${name}.js`, 'vitals-metric.ts']),
);
const extended = { ...core, ...lean, './features-core.js': 'features-extended.ts' };
const debug = { ...extended, './debug-log.js': 'debug-log-console.ts' };

/** `let` is as good, and one word fewer to compress. */
const letOnly = {
  name: 'let-only',
  renderChunk: (code) => ({ code: code.replace(/\bconst /g, 'let '), map: null }),
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** V8 compiles all of it at once, and off the main thread, instead of twice what is called: nearly all is, at the start. */
const eager = {
  name: 'eager',
  renderChunk: (code) => ({ code: `//# allFunctionsCalledOnLoad\n${code}`, map: null }),
};

const reordered = {
  name: 'reordered',
  renderChunk: (code, { fileName }) => {
    const search = () => findMoves(code).map(String).join(' ');
    const moves = findOnce(`${fileName} reorder`, code, 'reorder.js', search).match(/\S+/g) ?? [];
    return {
      code: applyMoves(
        code,
        moves.map((move) => move.split(',').map(Number)),
      ),
      map: null,
    };
  },
};

const renamed = {
  name: 'renamed',
  renderChunk: (code, { fileName }) => {
    const search = () => findNames(code).join(' ');
    const names = findOnce(`${fileName} rename`, code, 'rename.js', search).split(' ');
    return { code: applyNames(code, names), map: null };
  },
};

/** Puts the finished scripts into `script-file.js`. */
const embedScripts = {
  name: 'embed-scripts',
  renderChunk: (code) =>
    code
      .replace('SCRIPT_VERSION', JSON.stringify(version))
      .replace(/SCRIPT_TEXT\('(.*?)'\)/g, (_, file) => JSON.stringify(readFileSync(`dist/${file}`, 'utf8')))
      .replace(/SCRIPT_HASH\('(.*?)'\)/g, (_, file) => {
        const text = readFileSync(`dist/${file}`, 'utf8');
        return JSON.stringify(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
      }),
};

const script = (file, files, source, inlined, more, passes) => ({
  input: `src/${source}.ts`,
  output: { file: `dist/${file}`, format: 'iife', strict: false },
  plugins: [exchange(files), nodeResolve(), compile, letOnly, minify(false, passes), ...inlined, ...more],
  onwarn,
});

/** What knows variables by their scopes does not know classes, which `web-vitals` has. */
const withoutClasses = [scoped, inline(false), block];

const library = (name, source, files, passes, inlined = [inline(true)]) => ({
  input: { [name]: `src/${source}.ts` },
  output: { dir: 'dist', format: 'es', sourcemap: true },
  plugins: [exchange(files), nodeResolve(), compileWithMap, letOnly, minify(true, passes), ...inlined],
  onwarn,
});

/** Thin: they import the npm build and their framework, neither of which they carry. */
const bindings = {
  input: Object.fromEntries(['react', 'next', 'vue', 'svelte'].map((name) => [name, `src/${name}.ts`])),
  output: {
    dir: 'dist',
    format: 'es',
    chunkFileNames: '[name].js',
    hoistTransitiveImports: false,
    sourcemap: true,
    // Next.js and others render everything on the server that does not say otherwise.
    banner: ({ name }) => (name === 'react' || name === 'next' ? `'use client';` : ''),
  },
  external: ['./index.js', 'react', 'vue', 'svelte'],
  plugins: [compileWithMap],
  onwarn,
};

export default [
  script('liveinsight.js', core, 'script', withoutClasses, [reordered, renamed, eager]),
  script('liveinsight.extended.js', extended, 'script', [inline(false)], [reordered, eager]),
  // Who debugs counts no bytes.
  script('liveinsight.debug.js', debug, 'script', [], [eager], 1),
  script('bounce-script.js', core, 'bounce-script', withoutClasses, [reordered, renamed]),
  library('index', 'index', core),
  library('extended', 'extended', extended),
  library('debug', 'extended', debug, 1, []),
  bindings,
  {
    input: { 'script-file': 'src/script-file.ts', bounce: 'src/bounce.ts' },
    output: { dir: 'dist', format: 'es' },
    plugins: [compile, embedScripts],
    onwarn,
  },
];
