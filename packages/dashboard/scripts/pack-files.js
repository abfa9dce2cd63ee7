/** Writes the built page as a module, so that a collector can serve it from memory, bundled or not. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const site = join(dist, 'site');

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
};
const BINARY = new Set(['.woff2', '.webp']);

const entries = readdirSync(site, { recursive: true, withFileTypes: true })
  // What vite says of its own output is for the check of sizes alone.
  .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.vite'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => {
    const ending = extname(path);
    const contentType = types[ending];
    if (!contentType) throw new Error(`${path}: say in pack-files.js what type this is`);
    const body = BINARY.has(ending)
      ? `bytes(${JSON.stringify(readFileSync(path, 'base64'))})`
      : JSON.stringify(readFileSync(path, 'utf8'));
    const name = relative(site, path).split(sep).join('/');
    return `  ${JSON.stringify(name)}: { body: ${body}, contentType: ${JSON.stringify(contentType)} },`;
  });

writeFileSync(
  join(dist, 'files.js'),
  `const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The dashboard's files by path. */
export const files = {
${entries.join('\n')}
};
`,
);
writeFileSync(
  join(dist, 'files.d.ts'),
  `/** The dashboard's files by path, as \`index.html\`: for \`createCollector({ assets: { dashboard: files } })\`. */
export declare const files: Record<string, { body: string | Uint8Array; contentType: string }>;
`,
);
