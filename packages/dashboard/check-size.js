// Fails where the scripts that the first view loads, or those that another view or part adds to them, are larger than their budget after gzip -9, in any language, or a font or picture as it is sent.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { files } from './dist/files.js';

const FIRST_VIEW_BYTES = 45 * 1024;
const FURTHER_BYTES = 12 * 1024;
const FONT_BYTES = 60 * 1024;
const PICTURE_BYTES = 64 * 1024;
/** Loaded with the first view, beside its own chunk and the script of the page itself. */
const FIRST_VIEW = ['alerts/alert-banner.tsx'];
const LANGUAGES = ['en', 'ko'];
/** Loaded when it is looked at, and large by nature: it has a budget of its own. */
/** @type {Record<string, number>} */
const APART = { 'map/world-map.tsx': 40 * 1024 };

const site = new URL('dist/site/', import.meta.url);
/** @type {Record<string, { file: string, name?: string, isDynamicEntry?: true, imports?: string[] }>} */
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', site), 'utf8'));

/** The scripts that are loaded with a source. @param {string} source @returns {string[]} */
function scriptsOf(source, seen = new Set()) {
  const chunk = manifest[source];
  if (!chunk) throw new Error(`nothing is built of ${source}`);
  if (seen.has(source)) return [];
  seen.add(source);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((imported) => scriptsOf(imported, seen))];
}

/** @param {Iterable<string>} scripts */
const bytesOf = (scripts) =>
  [...scripts]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, site)), { level: 9 }).length, 0);

/** @param {string} name @param {number} bytes @param {number} budget */
function check(name, bytes, budget) {
  console.log(`${name}: ${bytes} of ${budget} bytes`);
  if (bytes > budget) process.exitCode = 1;
}

const html = readFileSync(new URL('index.html', site), 'utf8');
const page = [...html.matchAll(/src="\.\/([^"]+)"/g)].map(([, file = '']) => file);
if (page.length === 0) throw new Error('index.html names no script');
for (const language of LANGUAGES) {
  const query = `?lang=${language}`;
  const chunk = Object.keys(manifest).find((key) => manifest[key]?.name === `first-view-${language}`);
  const sources = [chunk ?? 'the first view', ...FIRST_VIEW.map((source) => source + query)];
  const first = new Set([...page, ...sources.flatMap((source) => scriptsOf(source))]);
  check(`first view, ${language}`, bytesOf(first), FIRST_VIEW_BYTES);
  for (const [key, { isDynamicEntry }] of Object.entries(manifest)) {
    const source = key.replace(query, '');
    if (!isDynamicEntry || FIRST_VIEW.includes(source) || (source === key && key.includes('?'))) continue;
    const added = new Set(scriptsOf(key).filter((file) => !first.has(file)));
    check(`${source}, ${language}`, bytesOf(added), APART[source] ?? FURTHER_BYTES);
  }
}
if (!Object.keys(files).some((path) => path.endsWith('.woff2')))
  throw new Error('no font is built: npm install');
for (const [path, { body }] of Object.entries(files)) {
  if (path.endsWith('.woff2')) check(path, body.length, FONT_BYTES);
  if (/\.(webp|svg)$/.test(path)) check(path, body.length, PICTURE_BYTES);
}
