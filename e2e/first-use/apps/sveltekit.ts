import type { App } from '../app.js';

const shared: Pick<App, 'page' | 'type' | 'files'> = {
  page: 'sveltekit',
  type: 'module',
  files: (tag) => ({
    'src/app.html': `<!doctype html><html lang="en"><head>%sveltekit.head%${tag}</head>
<body><div>%sveltekit.body%</div></body></html>`,
    'src/routes/+page.svelte': '<h1>Shop</h1>',
  }),
};

export const svelteKit2: App = {
  ...shared,
  name: 'SvelteKit 2',
  dependencies: {
    '@sveltejs/kit': '2',
    '@sveltejs/adapter-node': '5',
    '@sveltejs/vite-plugin-svelte': '7',
    svelte: '5',
    vite: '8',
    typescript: '6',
  },
};

export const svelteKit3: App = {
  ...shared,
  name: 'SvelteKit 3',
  needsNewerNode: true,
  dependencies: { ...svelteKit2.dependencies, '@sveltejs/kit': '3', '@sveltejs/adapter-node': '6' },
};
