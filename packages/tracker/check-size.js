// Fails where a published file is larger than its budget, in bytes after gzip -9.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgets = {
  'liveinsight.js': 3763,
  'index.js': 3819,
  'bounce-script.js': 1221,
  'liveinsight.extended.js': 8041,
  'extended.js': 7931,
};

for (const [file, budget] of Object.entries(budgets)) {
  const bytes = gzipSync(readFileSync(new URL(`dist/${file}`, import.meta.url)), { level: 9 }).length;
  console.log(`${file}: ${bytes} of ${budget} bytes`);
  if (bytes > budget) process.exitCode = 1;
}
