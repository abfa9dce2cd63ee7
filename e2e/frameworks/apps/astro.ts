import { type Framework, pageFiles, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const page = (title: string) => `---
import Layout from '../Layout.astro';
${title === 'Three' ? `await new Promise((done) => setTimeout(done, ${SLOW_MS}));` : ''}
---
<Layout title="${title}" />`;

const layout = (script: string) => `---
import { ClientRouter } from 'astro:transitions';
const { title } = Astro.props;
---
<html><head><title>{title}</title><ClientRouter />${script}</head>
<body><a id="two" href="/two">2</a> <a id="three" href="/three">3</a> <a id="old" href="/old">old</a><h1>{title}</h1></body></html>`;

export const astro: Framework = {
  name: 'Astro, ClientRouter',
  package: 'astro',
  router: 'links, `Astro.redirect()`',
  dependencies: { astro: '7', '@astrojs/node': '*' },
  entryPoint: '@liveinsight/tracker',
  files: (install) => ({
    'astro.config.mjs': `import node from '@astrojs/node';
export default { output: 'server', adapter: node({ mode: 'standalone' }), devToolbar: { enabled: false } };`,
    'src/Layout.astro': layout(
      install === 'npm'
        ? `<script>import { createTracker } from '@liveinsight/tracker';
createTracker({ site: 'shop' });</script>`
        : SCRIPT_TAG.replace('<script', '<script is:inline'),
    ),
    ...pageFiles((path) => `src/pages/${path}.astro`, page),
    'src/pages/old.astro': `---
return Astro.redirect('/two');
---`,
  }),
  build: ['astro', 'build'],
  start: () => ['node', 'dist/server/entry.mjs'],
};
