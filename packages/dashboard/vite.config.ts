import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src',
  // Relative: the collector may serve it under any path.
  base: './',
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
          groups: [
            { name: 'shared', test: /src\/(components|i18n|series|format|api|hooks|url-state)\// },
            // Reports that are opened from each other, and share words: alike, they compress well together.
            {
              name: 'reports',
              test: /src\/views\/(reports\.ts$|(page|source|hour|click-map|journeys|funnels|retention|sessions)\/(?!view\.))/,
            },
          ],
        },
      },
    },
  },
});
