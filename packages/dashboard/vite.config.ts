import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { languageOf, oneLanguage } from './scripts/one-language.js';
import { LANGUAGES } from './src/i18n/languages.js';

/** The font is asked for with the page, so that it is there at the first paint; the scripts come first all the same. */
const preloadFont: Plugin = {
  name: 'preload-font',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => ({
          tag: 'link',
          attrs: {
            rel: 'preload',
            href: `./${name}`,
            as: 'font',
            type: 'font/woff2',
            crossorigin: true,
            fetchpriority: 'low',
          },
          injectTo: 'head',
        })),
  },
};
const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * What is loaded with the page, and the first view: a file for all languages and one for each, for many small ones
 * compress worse, and are many requests.
 */
const FIRST_VIEW = [
  source('main.ts'),
  ...LANGUAGES.flatMap((language) =>
    ['app/start.tsx', 'views/overview/overview.tsx'].map((path) => `${source(path)}?lang=${language}`),
  ),
];

let firstView: Set<string> | undefined;

/** With all that these import, and what that imports. */
function findFirstView(context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set(FIRST_VIEW);
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

export default defineConfig({
  root: 'src',
  // Relative: the collector may serve it under any path.
  base: './',
  plugins: [oneLanguage(LANGUAGES), preloadFont],
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
          groups: [
            {
              debugName: 'first-view',
              name(id, context) {
                firstView ??= findFirstView(context);
                if (!firstView.has(id) && !id.includes('rolldown/runtime')) return null;
                const language = languageOf(id);
                return language ? `first-view-${language}` : 'first-view';
              },
            },
          ],
        },
      },
    },
  },
});
