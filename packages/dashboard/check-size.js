// Fails where the dashboard loads more than its budgets: JavaScript after gzip -9, other files as they are sent.
import { gzipSync } from 'node:zlib';
import { files } from './dist/files.js';

const KB = 1024;
const FIRST_VIEW_BYTES = 45 * KB;
const FURTHER_BYTES = 12 * KB;
const FONT_BYTES = 60 * KB;
const PICTURE_BYTES = 64 * KB;
const FIRST_VIEW = /^assets\/over(-time|view)-[\w-]+\.js$/;

const shell = Buffer.from(files['index.html']?.body ?? '').toString();
const isFirst = (path) => shell.includes(`./${path}`) || FIRST_VIEW.test(path);
let first = 0;
for (const [path, { body }] of Object.entries(files)) {
  if (path.endsWith('.woff2')) report(path, body.length, FONT_BYTES);
  if (/\.(webp|svg)$/.test(path)) report(path, body.length, PICTURE_BYTES);
  if (!path.endsWith('.js')) continue;
  const bytes = gzipSync(body, { level: 9 }).length;
  if (isFirst(path)) {
    console.log(`${path}: ${bytes} bytes of the first view`);
    first += bytes;
  } else report(path, bytes, FURTHER_BYTES);
}
report('first view', first, FIRST_VIEW_BYTES);
if (first === 0) process.exitCode = 1;

function report(what, bytes, budget) {
  console.log(`${what}: ${bytes} of ${budget} bytes`);
  if (bytes > budget) process.exitCode = 1;
}
