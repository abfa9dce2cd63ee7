import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.js';
import { entryPoints, type Manifest, promisedFiles, published } from './published.js';
import { snippets } from './readme/markdown.js';
import { read, root } from './tracked-files.js';

const exec = promisify(execFile);

interface Packed {
  name: string;
  filename: string;
  files: { path: string }[];
}

let project: string;
let packed: Packed[];

/** Packs every package and installs all of them, with what they ask for, into one empty project. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'liveinsight-pack-'));
  const workspaces = published.map(({ folder }) => `--workspace=${folder}`);
  const { stdout } = await exec(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', project, ...workspaces],
    {
      cwd: root,
    },
  );
  packed = JSON.parse(stdout);
  await writeFile(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  const tarballs = packed.map(({ filename }) => join(project, filename));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  // What frameworks of the user's choice need of Node is not ours to say.
  const strict = ['--dry-run', '--engine-strict', '--legacy-peer-deps'];
  await exec('npm', ['install', ...flags, ...strict, ...tarballs], { cwd: project });
  await exec('npm', ['install', ...flags, ...tarballs, ...(await peers())], { cwd: project });
}, 180_000);

afterAll(() => rm(project, { recursive: true, force: true }));

describe.each(published)('$manifest.name, packed and installed into an empty project,', ({ manifest }) => {
  it('has a README, a changelog, the licence and every file it promises, and neither sources nor tests', () => {
    const files = packed.find(({ name }) => name === manifest.name)?.files.map(({ path }) => path) ?? [];
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'CHANGELOG.md', 'LICENSE', ...promisedFiles(manifest)]),
    );
    expect(files.filter((path) => /^(src|test|node_modules)\/|\.tsbuildinfo$|\.test\./.test(path))).toEqual(
      [],
    );
  });

  const entries = entryPoints(manifest);
  /** What is wrong with an entry point; of each that was loaded. */
  let found: Record<string, string>;
  beforeAll(async () => {
    const script = `
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      const found = {};
      for (const entry of ${JSON.stringify(entries)}) {
        try {
          const imported = await import(entry);
          const required = require(entry);
          const others = Object.keys(imported).filter((name) => imported[name] !== required[name]);
          found[entry] = Object.keys(imported).length === 0 ? 'it exports nothing' : others.join(', ');
        } catch (error) {
          found[entry] = String(error);
        }
      }
      process.stdout.write(JSON.stringify(found), () => process.exit());`;
    await writeFile(join(project, 'load.mjs'), script);
    found = JSON.parse((await exec(process.execPath, ['load.mjs'], { cwd: project })).stdout);
  });

  it.each(entries)('gives import and require the same module: %s', (entry) => {
    expect(found[entry]).toBe('');
  });
});

it('their types compile under NodeNext', async () => {
  const imports = published.flatMap(({ manifest }) => entryPoints(manifest));
  const code = imports.map(
    (entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};`,
  );
  await writeFile(join(project, 'main.ts'), code.join('\n'));
  const { files, complaints } = await compile(project, ['main.ts']);
  // Ours are checked whole, declarations too; those of others are their own affair.
  const isOurs = (file: string) => /main\.ts$|node_modules\/(@liveinsight|liveinsight)\//.test(file);
  expect(files.filter(isOurs).length).toBeGreaterThan(imports.length);
  expect(complaints.filter(({ file }) => !file || isOurs(file))).toEqual([]);
});

const commands = published.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));

it.each(commands)('the command %s says how it is used', async (command) => {
  const { stdout } = await exec(join(project, 'node_modules/.bin', command), ['--help'], { cwd: project });
  expect(stdout).toContain(command);
});

describe('the README’s Express program, as printed, on a machine without AWS', () => {
  const [program] = snippets('README.md', read('README.md')).filter(({ copyOf }) =>
    copyOf?.includes('express'),
  );

  it('asks to install all that it imports', () => {
    const imported = [...(program?.code ?? '').matchAll(/ from '(?!node:)((?:@[^/']+\/)?[^/']+)/g)].map(
      ([, name]) => name,
    );
    expect(imported).toContain('express');
    expect(inReadme()).toEqual(
      expect.arrayContaining(imported.filter((name) => !name?.startsWith('@liveinsight/'))),
    );
    // What the store needs on older versions of Node is loaded by the collector alone.
    expect(inReadme()).toContain('libsql');
  });

  it.each([
    ['prints a dashboard address with its key', {}, undefined],
    [
      'takes keys of the environment',
      { LIVEINSIGHT_READ_KEYS: 'a-key-of-the-environment' },
      'a-key-of-the-environment',
    ],
  ])('%s, stores what its page sends and shows the dashboard', async (_name, variables, ownKey) => {
    const folder = await mkdtemp(join(project, 'express-'));
    await writeFile(join(folder, 'server.mjs'), program?.code ?? '');
    const env = { PATH: process.env.PATH, HOME: folder, PORT: '0', ...variables };
    const server = spawn(process.execPath, ['server.mjs'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit');
    try {
      const [, url = '', printedKey] = await says(
        server.stdout,
        /Dashboard +(\S+)\/dashboard(?:#key=(\S+))?\n/,
      );
      expect(printedKey === undefined).toBe(ownKey !== undefined);
      const headers = { authorization: `Bearer ${ownKey ?? printedKey}` };
      expect(await (await fetch(url)).text()).toContain('data-site="shop"');
      expect(await (await fetch(`${url}/liveinsight.js`)).text()).toBeTruthy();
      expect((await fetch(`${url}/dashboard`)).headers.get('content-type')).toContain('text/html');
      const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
      const sent = await fetch(`${url}/api/events`, { method: 'POST', body: JSON.stringify(event) });
      expect(await sent.json()).toMatchObject({ data: { accepted: 1 } });
      const asked = await fetch(`${url}/api/stats?site=shop`, { headers });
      expect(await asked.json()).toMatchObject({ data: { totals: { sessions: 1, page_views: 1 } } });
      expect((await fetch(`${url}/api/stats?site=shop`)).status).toBe(401);
    } finally {
      server.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });
});

/** Resolves once a program has printed what fits; rejects where it ends before. */
async function says(output: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let printed = '';
  for await (const chunk of output) {
    printed += chunk;
    const found = pattern.exec(printed);
    if (found) return found;
  }
  throw new Error(`it ended without printing ${pattern}:\n${printed}`);
}

/** What the README installs beside the packages. */
const inReadme = () => {
  const [line = ''] = /^npm install .*express.*$/m.exec(read('README.md')) ?? [];
  return line.split(' ').filter((name) => !/^(npm|install|@liveinsight\/.*)$/.test(name));
};

/** What the packages may be used with, and its types, in the versions of the lock file: those are in npm's cache. */
async function peers(): Promise<string[]> {
  const optional = published.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
  const names = [...optional, ...inReadme()];
  const wanted = new Set(['@types/node', ...names, ...names.map((name) => `@types/${name}`)]);
  const versions = await Promise.all([...wanted].map(installedVersion));
  return versions.filter((version) => version !== undefined);
}

async function installedVersion(name: string): Promise<string | undefined> {
  const path = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return undefined;
  const manifest: Manifest = JSON.parse(await readFile(path, 'utf8'));
  return `${name}@${manifest.version}`;
}
