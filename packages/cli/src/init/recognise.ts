/** What a project is made with, by its dependencies. */
import { pages } from './pages.js';
import type { Project } from './project.js';
import { SERVERS, server } from './servers.js';
import type { Steps } from './steps.js';
import { astro, next, nuxt, reactRouter, svelteKit } from './web-frameworks.js';

export interface Framework {
  name: string;
  steps(project: Project, site: string, collector: string): Steps;
}

/** The first that fits: frameworks are built on what comes after them. */
const FRAMEWORKS: readonly (Framework & { dependency: string })[] = [
  { name: 'Next.js', dependency: 'next', steps: next },
  { name: 'Nuxt', dependency: 'nuxt', steps: nuxt },
  { name: 'SvelteKit', dependency: '@sveltejs/kit', steps: svelteKit },
  { name: 'Astro', dependency: 'astro', steps: astro },
  { name: 'React Router', dependency: '@react-router/dev', steps: reactRouter },
  { name: 'Nest', dependency: '@nestjs/core', steps: (project, site) => server(project, site, SERVERS.nest) },
  { name: 'Hono', dependency: 'hono', steps: (project, site) => server(project, site, SERVERS.hono) },
  {
    name: 'Fastify',
    dependency: 'fastify',
    steps: (project, site) => server(project, site, SERVERS.fastify),
  },
  {
    name: 'Express',
    dependency: 'express',
    steps: (project, site) => server(project, site, SERVERS.express),
  },
  { name: 'Angular', dependency: '@angular/core', steps: pages },
  { name: 'Vite', dependency: 'vite', steps: pages },
];

export function recognise(project: Project): Framework | undefined {
  const found = FRAMEWORKS.find(({ dependency }) => project.has(dependency));
  if (found) return found;
  return project.first('index.html', 'public/index.html') ? { name: 'HTML', steps: pages } : undefined;
}
