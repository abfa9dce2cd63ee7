import { astro } from './apps/astro.js';
import { nextApp } from './apps/next-app.js';
import { nextPages } from './apps/next-pages.js';
import { nuxt } from './apps/nuxt.js';
import { reactRouter } from './apps/react-router.js';
import { svelteKit } from './apps/sveltekit.js';
import { tanStackRouter } from './apps/tanstack-router.js';
import { turbo } from './apps/turbo.js';
import { vueRouter } from './apps/vue-router.js';
import type { Framework } from './framework.js';

/** In the order of the table. */
export const frameworks: Framework[] = [
  nextApp,
  nextPages,
  reactRouter,
  tanStackRouter,
  vueRouter,
  nuxt,
  svelteKit,
  astro,
  turbo,
];
