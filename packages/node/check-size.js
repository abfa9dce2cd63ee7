// Fails where the package has grown beyond its budget, in bytes of code, or has a dependency: servers install it everywhere.
import { readFileSync } from 'node:fs';

const BUDGET_BYTES = 17_000;

const { length } = readFileSync(new URL('dist/index.js', import.meta.url));
const { dependencies = {} } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
console.log(`index.js: ${length} of ${BUDGET_BYTES} bytes`);
if (length > BUDGET_BYTES || Object.keys(dependencies).length > 0) process.exitCode = 1;
