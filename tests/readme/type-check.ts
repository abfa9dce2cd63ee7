/** Compiles the TypeScript and JavaScript of Markdown files as if each snippet were a file of a project of its own. Those that name their file, as `// app/route.ts`, are the files of one app a page. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compile } from '../compile.js';
import { root } from '../tracked-files.js';
import type { Snippet } from './markdown.js';

/** JavaScript is checked for what it calls, not for its annotations. */
const options = {
  noImplicitAny: false,
  allowJs: true,
  checkJs: true,
  skipLibCheck: true,
  moduleDetection: 'force',
  // As the bundlers of frameworks do.
  module: 'esnext',
  moduleResolution: 'bundler',
};

/** On a page with the script tag, its commands are there without an import. */
const pageGlobals = `import type { Tracker } from '@liveinsight/tracker';
declare global {
  function liveinsight<Name extends keyof Tracker>(name: Name, ...args: Parameters<Tracker[Name]>): void;
}`;

/** Frameworks that examples are for, and that are not installed here: what they are given is checked where the apps are built. */
const frameworks = [
  'next',
  'h3',
  'nuxt/config',
  'astro',
  'astro/config',
  '@astrojs/node',
  '@nestjs/core',
  '@react-router/dev/routes',
  '@sveltejs/adapter-node',
  '@sveltejs/kit/vite',
];
const frameworkModules = frameworks.map(
  (name) => `declare module '${name}' {
    export type NextConfig = object; export type RouteConfig = object;
    export type APIRoute = (context: { request: Request; clientAddress: string }) => unknown;
    const any: any; export default any;
    export { any as defineConfig, any as index, any as route, any as NestFactory, any as defineNuxtConfig };
    export { any as sveltekit, any as getRequestIP, any as toWebRequest, any as defineEventHandler };
  }`,
);
/** What a framework makes, or the app has, beside the file that imports it. */
const neighbours = { './$types': '$types.d.ts', './app.module': 'app.module.d.ts' };

/** @returns one line for each complaint, with the place in the page */
export async function typeCheck(snippets: Snippet[]): Promise<string[]> {
  // Inside the repository, whose packages and what they depend on are found from there.
  await mkdir(join(root, '.build'), { recursive: true });
  const folder = await mkdtemp(join(root, '.build/snippets-'));
  try {
    const pages = [...new Set(snippets.map(({ file }) => file))];
    const files = new Map(
      snippets.map((snippet, index) => [nameOf(snippet, index, pages.indexOf(snippet.file)), snippet]),
    );
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'page-globals.d.ts'), pageGlobals);
    await writeFile(join(folder, 'frameworks.d.ts'), frameworkModules.join('\n'));
    for (const [name, { code }] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), code);
      for (const [module, file] of Object.entries(neighbours))
        if (code.includes(`'${module}'`))
          await writeFile(
            join(folder, dirname(name), file),
            'export type RequestHandler = (event: { request: Request; getClientAddress(): string }) => unknown;\nexport declare class AppModule {}\n',
          );
    }
    const { complaints } = await compile(
      folder,
      [...files.keys(), 'page-globals.d.ts', 'frameworks.d.ts'],
      options,
    );
    return complaints.map(({ file, line, message }) => {
      const snippet = files.get(file?.slice(folder.length + 1) ?? '');
      return snippet ? `${snippet.file}:${snippet.line + line} ${message}` : `${file ?? ''} ${message}`;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Within the folder of the project. */
function nameOf({ code, language }: Snippet, index: number, page: number): string {
  const [, path] = /^\/\/ (\S+\.m?[jt]s)\n/.exec(code) ?? [];
  return path === undefined ? `${index}.${language}` : `page-${page}/${path}`;
}
