import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  root: 'src',
  // Relative: the collector may serve it under any path.
  base: './',
  plugins: [preloadFont],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy allows files of its own origin alone: nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What views share is one file: many small ones compress worse, and are many requests.
        codeSplitting: {
          groups: [{ name: 'shared', test: /src\/(components|i18n|series|format|api|hooks|url-state)\// }],
        },
      },
    },
  },
});
