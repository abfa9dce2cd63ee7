// The script-tag file, the same as text for whoever serves it, and the npm build, all from one source.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

// The session is stored on the device, where another version of this script may find it: its names stay.
const storedNames = {
  _wire: 's',
  _visitor: 'v',
  _start: 'b',
  _last: 'l',
  _views: 'n',
  _pages: 'p',
  _nth: 'c',
};

// Names of ours that cross a module start with `_`: nothing of the browser's, the wire's or the stored form does.
const minify = (module) =>
  terser({
    ecma: 2020,
    module,
    toplevel: true,
    compress: {
      passes: 4,
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

const onwarn = (warning) => {
  throw new Error(warning.message);
};

/** Takes `file` where the source imports `extras.js`. */
const extras = (file) => ({
  name: 'extras',
  resolveId: (id) =>
    id === './extras.js' ? fileURLToPath(new URL(`src/${file}`, import.meta.url)) : undefined,
});

/** Puts the finished scripts into `script-file.js`. */
const embedScripts = {
  name: 'embed-scripts',
  renderChunk: (code) =>
    code.replace(/SCRIPT_TEXT\('(.*?)'\)/g, (_, file) =>
      JSON.stringify(readFileSync(`dist/${file}`, 'utf8')),
    ),
};

const script = (file, from) => ({
  input: 'src/script.ts',
  output: { file: `dist/${file}`, format: 'iife', strict: false },
  plugins: [extras(from), nodeResolve(), compile(false), minify(false)],
  onwarn,
});

const library = (name, from) => ({
  input: { [name]: `src/${name}.ts` },
  output: { dir: 'dist', format: 'es', sourcemap: true },
  plugins: [extras(from), nodeResolve(), compile(name === 'index'), minify(true)],
  onwarn,
});

export default [
  script('liveinsight.js', 'extras.ts'),
  script('liveinsight.extended.js', 'extras-extended.ts'),
  script('liveinsight.debug.js', 'extras-debug.ts'),
  library('index', 'extras.ts'),
  library('extended', 'extras-extended.ts'),
  {
    input: { 'script-file': 'src/script-file.ts' },
    output: { dir: 'dist', format: 'es' },
    plugins: [compile(false), embedScripts],
    onwarn,
  },
];
