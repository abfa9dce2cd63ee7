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
};

const entries = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => {
    const contentType = types[extname(path)];
    if (!contentType) throw new Error(`${path}: say in pack-files.js what type this is`);
    return [relative(site, path).split(sep).join('/'), { body: readFileSync(path, 'utf8'), contentType }];
  });

writeFileSync(
  join(dist, 'files.js'),
  `/** The dashboard's files by path. */\nexport const files = ${JSON.stringify(Object.fromEntries(entries), null, 2)};\n`,
);
writeFileSync(
  join(dist, 'files.d.ts'),
  `/** The dashboard's files by path, as \`index.html\`: for \`createCollector({ assets: { dashboard: files } })\`. */
export declare const files: Record<string, { body: string | Uint8Array; contentType: string }>;
`,
);
