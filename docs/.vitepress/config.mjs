import { defineConfig } from 'vitepress';
import { config, REPOSITORY, slugify } from './markdown.mjs';
import { english, korean, koreanWords } from './navigation.mjs';

export default defineConfig({
  title: 'LiveInsight',
  description: 'Self-hosted web analytics',
  base: process.env.DOCS_BASE ?? '/',
  // On GitHub a folder shows its README.md.
  rewrites: { 'operations/README.md': 'operations/index.md', 'decisions/README.md': 'decisions/index.md' },
  ignoreDeadLinks: 'localhostLinks',
  lastUpdated: false,
  // Braces are text, as in `/users/{id}`.
  markdown: { anchor: { slugify }, attrs: { disable: true }, config },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: english },
    ko: { label: '한국어', lang: 'ko', themeConfig: korean },
  },
  themeConfig: {
    search: { provider: 'local', options: { locales: { ko: { translations: koreanWords } } } },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    outline: [2, 3],
  },
});
