/** Compiles the TypeScript and JavaScript of Markdown files as if each snippet were a file of a project of its own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
};

/** On a page with the script tag, its commands are there without an import. */
const pageGlobals = `import type { Tracker } from '@liveinsight/tracker';
declare global {
  function liveinsight<Name extends keyof Tracker>(name: Name, ...args: Parameters<Tracker[Name]>): void;
}`;

/** @returns one line for each complaint, with the place in the page */
export async function typeCheck(snippets: Snippet[]): Promise<string[]> {
  // Inside the repository, whose packages and what they depend on are found from there.
  await mkdir(join(root, '.build'), { recursive: true });
  const folder = await mkdtemp(join(root, '.build/snippets-'));
  try {
    const files = new Map(snippets.map((snippet, index) => [`${index}.${snippet.language}`, snippet]));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'page-globals.d.ts'), pageGlobals);
    for (const [name, { code }] of files) await writeFile(join(folder, name), code);
    const { complaints } = await compile(folder, [...files.keys(), 'page-globals.d.ts'], options);
    return complaints.map(({ file, line, message }) => {
      const snippet = files.get(file?.slice(folder.length + 1) ?? '');
      return snippet ? `${snippet.file}:${snippet.line + line} ${message}` : `${file ?? ''} ${message}`;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
