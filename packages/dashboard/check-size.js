// Fails where the dashboard's JavaScript, all views and languages together, is larger than its budget after gzip -9.
import { gzipSync } from 'node:zlib';
import { files } from './dist/files.js';

const BUDGET_BYTES = 60 * 1024;

const scripts = Object.entries(files).filter(([path]) => path.endsWith('.js'));
let total = 0;
for (const [path, { body }] of scripts) {
  const bytes = gzipSync(body, { level: 9 }).length;
  console.log(`${path}: ${bytes} bytes`);
  total += bytes;
}
console.log(`all: ${total} of ${BUDGET_BYTES} bytes`);
if (scripts.length === 0 || total > BUDGET_BYTES) process.exitCode = 1;
