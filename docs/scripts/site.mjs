/** The documentation site: `npm run docs` serves it, `npm run docs:build` writes it to `docs/.vitepress/dist`. */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const docs = `${root}docs/`;
const [command = 'dev'] = process.argv.slice(2);

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
const run = (program, args, cwd) => execFileSync(program, args, { cwd, stdio: 'inherit' });

// What the site needs is not a part of the workspaces: it is installed here, once and after each change of the lock file.
const installed = `${docs}node_modules/.package-lock.json`;
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${docs}package-lock.json`).mtimeMs)
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], docs);

run('npx', ['turbo', 'run', 'build', '--output-logs=errors-only'], root);

const { writeApiPages } = await import('./api-pages.mjs');
const { writeHttpPages } = await import('./http-pages.mjs');
const { writeLiveDemo } = await import('@liveinsight/fixtures/live-demo');
writeLiveDemo(`${docs}public/live-demo`);
writeHttpPages();
await writeApiPages();

run('npx', ['vitepress', command], docs);
