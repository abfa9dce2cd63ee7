import { type Framework, pageFiles, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const page = (title: string) => `<svelte:head><title>${title}</title></svelte:head><h1>${title}</h1>`;

const layout = (script: string) => `<script>${script}
let { children } = $props();
</script>
<a id="two" href="/two">2</a> <a id="three" href="/three">3</a> <a id="old" href="/old">old</a>
{@render children()}`;

export const svelteKit: Framework = {
  name: 'SvelteKit',
  package: '@sveltejs/kit',
  router: 'links, `redirect()` of `load`',
  dependencies: {
    '@sveltejs/kit': '3',
    '@sveltejs/adapter-node': '6',
    '@sveltejs/vite-plugin-svelte': '7',
    svelte: '5',
    vite: '8',
    typescript: '6',
  },
  entryPoint: '@liveinsight/tracker/svelte',
  files: (install) => ({
    'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
import adapter from '@sveltejs/adapter-node';
export default { plugins: [sveltekit({ adapter: adapter() })] };`,
    'src/app.html': `<!doctype html><html><head>%sveltekit.head%${install === 'npm' ? '' : SCRIPT_TAG}</head>
<body data-sveltekit-preload-data="hover"><div>%sveltekit.body%</div></body></html>`,
    'src/routes/+layout.svelte': layout(
      install === 'npm'
        ? `
import { afterNavigate } from '$app/navigation';
import { setTracker } from '@liveinsight/tracker/svelte';
setTracker({ site: 'shop' }, afterNavigate);`
        : '',
    ),
    ...pageFiles((path) => `src/routes/${path}/+page.svelte`, page),
    'src/routes/three/+page.js': `export const load = () => new Promise((done) => setTimeout(done, ${SLOW_MS}));`,
    'src/routes/old/+page.js': `import { redirect } from '@sveltejs/kit';
export const load = () => redirect(307, '/two');`,
    'src/routes/old/+page.svelte': '<h1>Old</h1>',
  }),
  build: ['vite', 'build'],
  start: () => ['node', 'build/index.js'],
};
