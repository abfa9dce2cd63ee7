/** The packages, bundled with an app outside of the repository, and the bundle run. */
import { beforeAll, expect, it } from 'vitest';
import { type EmptyFolder, emptyFolder } from './empty-folder.js';

/** Both stores, the dashboard and Lambda's adapter are part of it; it stores one event and says so. */
const PROGRAM = `
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toLambda } from '@liveinsight/collector/lambda';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script as tracker } from '@liveinsight/tracker/script';

export async function visit() {
  const options = { secret: 'a secret of bundles', sites: [{ id: 'shop' }], assets: { tracker, dashboard } };
  const onAws = createCollector({ ...options, store: dynamoStore({ region: 'eu-west-1' }) });
  const handler = toLambda(onAws);
  const collector = createCollector({ ...options, store: sqliteStore() });
  const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
  const request = new Request('https://shop.example/api/events', { method: 'POST', body: JSON.stringify(event) });
  const { data } = await (await collector.fetch(request, { ip: '203.0.113.7' })).json();
  await Promise.all([collector.close(), onAws.close()]);
  return 'accepted ' + data.accepted + ' by ' + typeof handler;
}
`;
const RUN = "import { visit } from './entry.mjs';\nconsole.log(await visit());\nprocess.exit();\n";
const PACKAGES = '@liveinsight/collector @liveinsight/tracker @liveinsight/dashboard libsql';

const bundlers = [
  {
    name: 'esbuild',
    packages: 'esbuild',
    files: {},
    // As Lambda's bundles are made: what is not ESM calls require.
    command: `npx esbuild main.mjs --bundle --platform=node --format=esm --main-fields=module,main --outfile=dist/esbuild/main.mjs`,
  },
  {
    name: 'rollup',
    packages: 'rollup @rollup/plugin-node-resolve @rollup/plugin-commonjs @rollup/plugin-json',
    files: {
      'rollup.config.mjs': `
        import commonjs from '@rollup/plugin-commonjs';
        import json from '@rollup/plugin-json';
        import { nodeResolve } from '@rollup/plugin-node-resolve';
        export default {
          input: 'main.mjs',
          plugins: [nodeResolve({ preferBuiltins: true }), commonjs(), json()],
          output: { dir: 'dist/rollup', entryFileNames: '[name].mjs' },
          onwarn(warning) { if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message); },
        };`,
    },
    command: 'npx rollup --config',
  },
  {
    name: 'webpack',
    packages: 'webpack webpack-cli',
    files: {
      'webpack.config.mjs': `export default {
        mode: 'production', target: 'node20', entry: { main: './main.mjs' },
        // Native code, which can't be bundled.
        externals: { libsql: 'node-commonjs libsql' },
        experiments: { outputModule: true }, output: { module: true, filename: 'webpack/[name].mjs' },
      };`,
    },
    command: 'npx webpack',
  },
];

/** All bundlers are installed at once: the packages are the same for each. */
let folder: EmptyFolder;
beforeAll(async () => {
  folder = await emptyFolder('bundlers');
  await folder.write({
    'package.json': '{ "private": true, "type": "module" }',
    'entry.mjs': PROGRAM,
    'main.mjs': RUN,
  });
  await folder.install(`npm install ${PACKAGES} ${bundlers.map(({ packages }) => packages).join(' ')}`);
});

it.each(bundlers)('$name bundles the packages, and the bundle runs', async ({ name, files, command }) => {
  await folder.write(files);
  const built = await folder.run(command);
  expect(built.output).not.toMatch(/could not resolve|can't resolve|unresolved/i);
  expect(built.ok, built.output).toBe(true);
  const ran = await folder.run(`node dist/${name}/main.mjs`);
  expect(ran.output.trim()).toBe('accepted 1 by function');
});

it('Turbopack bundles them into a Next.js app without settings of its own', async () => {
  const folder = await emptyFolder('bundler-turbopack', { NEXT_TELEMETRY_DISABLED: '1' });
  await folder.write({
    'package.json': '{ "private": true }',
    'app/entry.mjs': PROGRAM,
    'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
    'app/page.jsx':
      "import { visit } from './entry.mjs';\nexport default async () => <p>{await visit()}</p>;",
  });
  await folder.install(`npm install ${PACKAGES} next@16 react@19 react-dom@19`);
  // The page is rendered while it is built.
  const built = await folder.run('npx next build');
  expect(built.ok, built.output).toBe(true);
  const page = await folder.run('npx cat .next/server/app/index.html');
  expect(page.output).toContain('accepted 1 by function');
});
