import { type Framework, type Install, pageFiles, SLOW_MS } from '../framework.js';

const page = (title: string) => `<script setup>
useHead({ title: '${title}' });
${title === 'Three' ? `await useAsyncData('three', () => new Promise((done) => setTimeout(done, ${SLOW_MS}, 'done')));` : ''}
</script>
<template><h1>${title}</h1></template>`;

const config = (install: Install) => ({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  ...(install === 'npm'
    ? {}
    : { app: { head: { script: [{ src: '/liveinsight.js', async: true, 'data-site': 'shop' }] } } }),
});

export const nuxt: Framework = {
  name: 'Nuxt',
  package: 'nuxt',
  router: '`<NuxtLink>`, `redirect` of `definePageMeta()`',
  // Nuxt 4.5 with Vite 8.4 fails to build any app that has pages.
  dependencies: { nuxt: '~4.4.8', vue: '3', 'vue-router': '5' },
  entryPoint: '@liveinsight/tracker/vue',
  files: (install) => ({
    'nuxt.config.js': `export default defineNuxtConfig(${JSON.stringify(config(install))});`,
    'app/app.vue': `<template><div><NuxtLink id="two" to="/two">2</NuxtLink> <NuxtLink id="three" to="/three">3</NuxtLink>
<NuxtLink id="old" to="/old">old</NuxtLink><NuxtPage /></div></template>`,
    ...pageFiles((path) => `app/pages/${path}.vue`, page),
    'app/pages/old.vue': `<script setup>definePageMeta({ redirect: '/two' });</script><template><div /></template>`,
    ...(install === 'npm' && {
      'app/plugins/liveinsight.client.js': `import { liveInsight } from '@liveinsight/tracker/vue';
export default defineNuxtPlugin(({ vueApp }) => { vueApp.use(liveInsight({ site: 'shop' })); });`,
    }),
  }),
  build: ['nuxt', 'build'],
  start: () => ['node', '.output/server/index.mjs'],
};
