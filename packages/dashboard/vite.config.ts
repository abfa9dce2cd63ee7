import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { languageOf, oneLanguage } from './scripts/one-language.js';
import { LANGUAGES } from './src/i18n/languages.js';

/** The code of the first view that is the same in every language is loaded along with the script that starts the page. */
const preloadFirstView: Plugin = {
  name: 'preload-first-view',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((chunk) => chunk.type === 'chunk' && chunk.name === 'first-view')
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          injectTo: 'head' as const,
        })),
  },
};

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * What is loaded with the page, and the first view: a file for all languages and one for each, for many small ones
 * compress worse, and are many requests.
 */
const FIRST_VIEW = LANGUAGES.flatMap((language) =>
  ['app/start.tsx', 'views/overview/overview.tsx'].map((path) => `${source(path)}?lang=${language}`),
).concat(source('app/first-numbers.ts'));

let groups: { start: Set<string>; firstView: Set<string> } | undefined;

/** With all that these import, and what that imports. */
function reach(ids: readonly string[], context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set(ids);
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

const groupsOf = (context: Rolldown.ChunkingContext) => {
  groups ??= { start: reach([source('main.ts')], context), firstView: reach(FIRST_VIEW, context) };
  return groups;
};

/** In this order: what a group imports is in it too, unless an earlier one has it. */
const CHUNKS: readonly ((id: string, context: Rolldown.ChunkingContext) => string | null)[] = [
  // What starts the page and requests the rest is small, and need not wait for the others.
  (id, context) =>
    groupsOf(context).start.has(id) || /preload-helper|rolldown\/runtime/.test(id) ? 'start' : null,
  (id, context) => (groupsOf(context).firstView.has(id) && !languageOf(id) ? 'first-view' : null),
  (id, context) => (groupsOf(context).firstView.has(id) ? `first-view-${languageOf(id)}` : null),
];

export default defineConfig({
  root: 'src',
  // Relative: the collector may serve it under any path.
  base: './',
  plugins: [oneLanguage(LANGUAGES), preloadFirstView],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // The page's policy allows files of its own origin alone: nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: CHUNKS.map((name, index) => ({
            name,
            priority: CHUNKS.length - index,
            debugName: `chunk ${index}`,
          })),
        },
      },
    },
  },
});
