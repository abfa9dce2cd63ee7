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
            { name: 'parts', test: /src\/(parts|words|series|format|api|address)\// },
            // What one page, source or hour has, and where it leads.
            { name: 'details', test: /src\/views\/(page|source|hour|click-map|journeys)\/(?!view\.)/ },
          ],
        },
      },
    },
  },
});
