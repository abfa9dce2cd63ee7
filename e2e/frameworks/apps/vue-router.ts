import { type Framework, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const main = (imports: string, use: string) => `import { createApp, h } from 'vue';
import { createRouter, createWebHistory, RouterLink, RouterView } from 'vue-router';
${imports}
const page = (title) => ({ path: '/' + title.toLowerCase(), component: { render: () => h('h1', title) }, meta: { title } });
const router = createRouter({
  history: createWebHistory(),
  routes: [
    page('One'),
    page('Two'),
    { ...page('Three'), beforeEnter: () => new Promise((done) => setTimeout(done, ${SLOW_MS})) },
    { path: '/old', redirect: '/two' },
  ],
});
router.afterEach((to) => { document.title = to.meta.title; });
const link = (path) => h(RouterLink, { id: path, to: '/' + path }, () => path);
createApp({ render: () => [link('two'), link('three'), link('old'), h(RouterView)] })${use}.use(router).mount('#app');`;

export const vueRouter: Framework = {
  name: 'Vue Router',
  package: 'vue-router',
  router: '`<RouterLink>`, `redirect` of a route',
  dependencies: { vue: '3', 'vue-router': '5', vite: '8' },
  entryPoint: '@liveinsight/tracker/vue',
  files: (install) => ({
    'index.html': `<!doctype html><html><head><title>Loading</title>${install === 'npm' ? '' : SCRIPT_TAG}</head>
<body><div id="app"></div><script type="module" src="/main.js"></script></body></html>`,
    'main.js':
      install === 'npm'
        ? main(
            `import { liveInsight } from '@liveinsight/tracker/vue';`,
            `.use(liveInsight({ site: 'shop' }))`,
          )
        : main('', ''),
  }),
  build: ['vite', 'build'],
  start: (port) => ['vite', 'preview', '--host', '127.0.0.1', '--strictPort', '--port', port],
};
