/** What a view shows has its styles loaded with it: a part that has them from another view looks right only after that one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const read = (path: string) => readFileSync(path, 'utf8');
const all = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => join(source, path));

/** Of a style sheet: what its selectors name. */
const definedIn = (path: string) =>
  new Set([...read(path).matchAll(/\.([a-z][\w-]*)(?=[^;{}]*\{)/g)].map(([, name = '']) => name));
const sheets = new Map(all.filter((path) => path.endsWith('.css')).map((path) => [path, definedIn(path)]));

/** Of a component: literal names alone, which is nearly all of them. */
const usedIn = (path: string) =>
  [...read(path).matchAll(/\bclass="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '));

const withEnding = (path: string) =>
  ['.tsx', '.ts'].map((ending) => path.replace(/\.js$/, ending)).find(existsSync) ?? path;

function importedBy(path: string): string[] {
  const pattern = path.endsWith('.css')
    ? /@import (?:url\()?["'](\.[^"']+)/g
    : /(?:from|import) '(\.[^']+)'/g;
  return [...read(path).matchAll(pattern)].map(([, name = '']) => withEnding(resolve(dirname(path), name)));
}

/** With all that it imports before anything is shown, and what that imports. */
function reach(...paths: string[]): Set<string> {
  const found = new Set(paths);
  for (const path of found)
    if (/\.(tsx?|css)$/.test(path)) for (const imported of importedBy(path)) found.add(imported);
  return found;
}

const shell = reach(join(source, 'main.ts'), join(source, 'app/start.tsx'));
const views = readdirSync(join(source, 'views'))
  .map((name) => join(source, 'views', name, `${name}.tsx`))
  .filter(existsSync);

describe('the styles', () => {
  it.each(views.map((path) => [relative(source, path), path]))('of %s are loaded with it', (_, view) => {
    const loaded = reach(view);
    const missing = [...loaded]
      .filter((path) => path.endsWith('.tsx'))
      .flatMap((path) => usedIn(path).map((name) => [relative(source, path), name] as const))
      .filter(([, name]) => {
        const defining = [...sheets].filter(([, names]) => names.has(name)).map(([path]) => path);
        return defining.length > 0 && !defining.some((path) => loaded.has(path) || shell.has(path));
      });
    expect(missing).toEqual([]);
  });
});
