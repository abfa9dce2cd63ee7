/** `liveinsight init`, on each example of a framework as it was before: it makes the example of it again. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProject } from '../src/init/project.js';
import { recognise } from '../src/init/recognise.js';
import { type Steps, takeSteps } from '../src/init/steps.js';
import { run } from './program.js';

const TIMEOUT_MS = 60_000;
const examples = fileURLToPath(new URL('../../../examples/frameworks', import.meta.url));
const FRAMEWORKS: Record<string, string> = {
  angular: 'Angular',
  astro: 'Astro',
  'express-4': 'Express',
  'express-5': 'Express',
  fastify: 'Fastify',
  hono: 'Hono',
  html: 'HTML',
  nest: 'Nest',
  next: 'Next.js',
  nuxt: 'Nuxt',
  'react-router': 'React Router',
  sveltekit: 'SvelteKit',
  'vite-react': 'Vite',
  vue: 'Vite',
};
const COLLECTOR = 'http://localhost:4000';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-init-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** What the folder has, by path. */
const readAll = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(cwd.length + 1), readFileSync(path, 'utf8')]),
  );

const copy = (name: string) =>
  cpSync(join(examples, name), cwd, { recursive: true, filter: (path) => !/node_modules|dist$/.test(path) });

/** Takes out again what init adds. */
function undo({ create, insert }: Steps): void {
  for (const { path } of create) rmSync(join(cwd, path));
  for (const { path, lines } of insert) {
    const text = readFileSync(join(cwd, path), 'utf8').split('\n');
    const added = lines.split('\n').map((line) => line.trim());
    const at = text.findIndex((_, start) =>
      added.every((line, index) => text[start + index]?.trim() === line),
    );
    expect(at, `${path} has ${lines}`).toBeGreaterThanOrEqual(0);
    text.splice(at, added.length);
    writeFileSync(join(cwd, path), text.join('\n'));
  }
}

const getSteps = () => recognise(openProject(cwd))?.steps(openProject(cwd), 'shop', COLLECTOR);

describe('liveinsight init', () => {
  it.each(Object.entries(FRAMEWORKS))('makes the example %s of its starter, once', (name, framework) => {
    copy(name);
    const example = readAll();
    const project = openProject(cwd);
    expect(recognise(project)?.name).toBe(framework);
    undo(getSteps() as Steps);
    const starter = readAll();
    expect(starter).not.toEqual(example);

    const steps = getSteps() as Steps;
    const shown = takeSteps(project, steps, false);
    expect(readAll()).toEqual(starter);
    const done = takeSteps(project, steps, true);
    expect(done).toEqual(shown);
    expect(readAll()).toEqual(example);
    for (const { outcome } of done) expect(['created', 'changed']).toContain(outcome);
    for (const needed of steps.packages) expect(project.has(needed), needed).toBe(true);

    const again = takeSteps(project, getSteps() as Steps, true);
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['already']));
    expect(readAll()).toEqual(example);
  });

  it(
    'overwrites no file, and leaves what has no place, with what is to be added',
    async () => {
      copy('next');
      writeFileSync(join(cwd, 'app/analytics/collector.ts'), 'mine');
      writeFileSync(join(cwd, 'next.config.ts'), "export { config as default } from './other';\n");
      const before = readAll();
      const { code, output } = await run(['init', '--site', 'shop'], cwd);
      expect(code).toBe(0);
      expect(output).toContain('Left to you: app/analytics/collector.ts');
      expect(output).toContain('Left to you: next.config.ts');
      expect(output).toContain("serverExternalPackages: ['@liveinsight/collector', 'libsql'],");
      expect(readAll()).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it(
    'says what it did, and what is left',
    async () => {
      writeFileSync(
        join(cwd, 'package.json'),
        '{ "name": "@me/My App", "dependencies": { "express": "5" } }',
      );
      writeFileSync(join(cwd, 'yarn.lock'), '');
      writeFileSync(join(cwd, 'app.js'), "const express = require('express');\n\nconst app = express();\n");
      const dry = await run(['init', '--dry-run'], cwd);
      expect(dry.output).toContain('dry run: nothing is written');
      expect(readFileSync(join(cwd, 'app.js'), 'utf8')).not.toContain('liveinsight');
      const { output } = await run(['init'], cwd);
      expect(output).toContain('Created: liveinsight.mjs');
      expect(output).toContain('Changed: app.js');
      expect(output).toContain('+ app.use(toExpress(collector()));');
      expect(output).toContain('yarn add @liveinsight/collector');
      expect(output).toContain('data-site="my-app"');
      expect(readFileSync(join(cwd, 'app.js'), 'utf8')).toBe(
        `const express = require('express');
const { toExpress } = require('@liveinsight/collector/express');
const { collector } = require('./liveinsight.mjs');

const app = express();
app.use(toExpress(collector()));
`,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'says that it knows no project here',
    async () => {
      const { code, output } = await run(['init'], cwd);
      expect(code).toBe(1);
      expect(output).toContain('no project that liveinsight init knows');
    },
    TIMEOUT_MS,
  );
});
