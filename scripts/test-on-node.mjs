// `node scripts/test-on-node.mjs [22 24]`: the unit suites on other versions of Node than this one. npm's package of each brings
// its binary. They run what is built; suites in browsers and on AWS's side are the same whatever Node drives them.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}node_modules/.cache/liveinsight`;
/** What depends on Node most: its SQLite, streams, zlib, URL and test clocks. */
const SUITES = [
  ...['--project', 'schema', '--project', 'node'],
  ...['--project', 'tracker', '--project', 'collector'],
  ...[
    'packages/schema/test',
    'packages/node/test',
    'packages/tracker/test/ids',
    'packages/tracker/test/retry',
  ],
  ...[
    'packages/tracker/test/session',
    'packages/tracker/test/bindings-server',
    'packages/collector/test/adapters',
  ],
  ...[
    'packages/collector/test/ingest',
    'packages/collector/test/raw-data',
    'packages/collector/test/storage/sqlite',
  ],
];

/**
 * @param {number} major
 * @returns {Promise<string>} the path of the binary
 */
async function installNode(major) {
  const name = `node-${process.platform}-${process.arch}`;
  const home = `${cache}/node-${major}`;
  const binary = `${home}/node_modules/${name}/bin/node`;
  if (existsSync(binary)) return binary;
  mkdirSync(home, { recursive: true });
  writeFileSync(`${home}/package.json`, '{ "private": true }');
  const { output } = await run('npm', ['install', '--no-audit', '--no-fund', `${name}@${major}`], {
    cwd: home,
    quiet: true,
  });
  if (!existsSync(binary)) throw new Error(`Node ${major} could not be installed:\n${output}`);
  return binary;
}

/**
 * @param {number} major
 * @returns {Promise<boolean>} whether all passed
 */
export async function testOnNode(major) {
  const node = await installNode(major);
  console.log(`\nNode ${major}`);
  const { ok } = await run(
    node,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', ...SUITES, '--reporter=dot'],
    {
      cwd: root,
    },
  );
  return ok;
}

const [, program, ...majors] = process.argv;
if (program === fileURLToPath(import.meta.url)) {
  for (const major of majors.length > 0 ? majors : ['22', '24'])
    if (!(await testOnNode(Number(major)))) process.exitCode = 1;
}
