import { angular } from './apps/angular.js';
import { astro } from './apps/astro.js';
import { htmx } from './apps/htmx.js';
import { nextApp } from './apps/next-app.js';
import { nextPages } from './apps/next-pages.js';
import { nuxt } from './apps/nuxt.js';
import { reactRouter } from './apps/react-router.js';
import { svelteKit } from './apps/sveltekit.js';
import { tanStackRouter } from './apps/tanstack-router.js';
import { turbo } from './apps/turbo.js';
import { vueRouter } from './apps/vue-router.js';
import { wouter } from './apps/wouter.js';
import type { Framework } from './framework.js';

/** In the order of the table. */
export const frameworks: Framework[] = [
  nextApp,
  nextPages,
  reactRouter,
  tanStackRouter,
  wouter,
  vueRouter,
  nuxt,
  svelteKit,
  angular,
  astro,
  turbo,
  htmx,
];
