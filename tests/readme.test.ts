import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Manifest } from './published.js';
import { type Snippet, snippets } from './readme/markdown.js';
import { rejectedRequests } from './readme/requests.js';
import { runs } from './readme/runs.js';
import { commandsOf, judge, packageNames } from './readme/shell.js';
import { typeCheck } from './readme/type-check.js';
import { read, root, trackedFiles } from './tracked-files.js';

const pages = trackedFiles().filter((path) =>
  /(^|\/)README\.md$|^docs\/.*\.md$|^CONTRIBUTING\.md$/.test(path),
);
const all = pages.flatMap((path) => snippets(path, read(path)));
const place = ({ file, line }: Snippet) => `${file}:${line}`;
const mountedTag = '<script async src="/analytics/liveinsight.js" data-site="shop"></script>';
/** What the pages of frameworks name, and their builds write. */
const frameworks = {
  packages: ['next', 'nuxt', 'astro', '@astrojs/node', 'nest', 'react-router', 'react-router-serve'],
  builds: [
    'build',
    'build/server/index.js',
    'dist/main',
    'dist/server/entry.mjs',
    '.output/server/index.mjs',
  ],
};
const inLanguages = (...languages: string[]) => all.filter(({ language }) => languages.includes(language));

const executed = new Map<string, Promise<void>>();

describe('the snippets of the READMEs and of the documentation', () => {
  it('are in languages that are checked', () => {
    const checked = ['ts', 'js', 'html', 'json', 'sh', 'text', 'http', 'csv', 'mermaid'];
    expect(all.filter(({ language }) => !checked.includes(language)).map(place)).toEqual([]);
  });

  it('compile, if they are TypeScript or JavaScript', async () => {
    expect(await typeCheck(inLanguages('ts', 'js'))).toEqual([]);
  }, 60_000);

  it('parse, if they are JSON', () => {
    for (const snippet of inLanguages('json'))
      expect(() => JSON.parse(snippet.code), place(snippet)).not.toThrow();
  });

  it('are executed by a test, if they are HTML', () => {
    expect(
      inLanguages('html')
        // The tags of frameworks' pages are in the apps that e2e/first-use makes of these pages.
        .filter(({ run, copyOf, code }) => !run && !copyOf && code.trim() !== mountedTag)
        .map(place),
    ).toEqual([]);
  });

  it('ask the API what it answers, if they are requests', async () => {
    const requests = inLanguages('http').filter(({ code }) => code.startsWith('GET '));
    expect(await rejectedRequests(requests)).toEqual([]);
  }, 60_000);

  it('use commands that exist, if they are shell', () => {
    const manifests = trackedFiles().filter((path) => path.endsWith('package.json'));
    const parsed = manifests.map((path): Manifest => JSON.parse(read(path)));
    const packages = packageNames(parsed);
    const workspaces = new Map(parsed.map(({ name, scripts = {} }) => [name, scripts]));
    for (const name of frameworks.packages) packages.add(name);
    const commands = liveinsightCommands();
    const wrong = inLanguages('sh').flatMap((snippet) => {
      let folder = posix.dirname(snippet.file);
      return commandsOf(snippet.code).flatMap((command) => {
        const scripts = scriptsOf(folder);
        const exists = (path: string) =>
          frameworks.builds.includes(path) || existsSync(join(root, folder, path));
        const complaint = judge(command, { scripts, workspaces, packages, commands, exists });
        if (command.startsWith('cd ')) folder = posix.join(folder, command.slice(3));
        return complaint ? [`${place(snippet)} ${command}: ${complaint}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  it.each(all.filter(({ copyOf }) => copyOf))(
    'are the file they are said to be: $copyOf',
    ({ copyOf = '', code }) => {
      expect(code).toBe(read(copyOf));
    },
  );

  it.each(all.filter(({ run }) => run))(
    'work: $run, $file',
    async ({ run = '', code }) => {
      const execute = runs[run];
      if (!execute) throw new Error(`tests/readme/runs.ts has no run named ${run}`);
      // The same text on another page does the same.
      const key = `${run}\n${code}`;
      executed.set(key, executed.get(key) ?? execute(code));
      await executed.get(key);
    },
    60_000,
  );

  it('leave no run unused', () => {
    const used = new Set(all.map(({ run }) => run));
    expect(Object.keys(runs).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('the checks on snippets', () => {
  const page = [
    '<!-- run: a -->',
    '```js',
    "import { x } from 'node:fs';",
    '```',
    '~~~sh',
    'npm run nothing',
    '~~~',
  ];
  const [js, sh] = snippets('README.md', page.join('\n'));

  it('find a name that a module does not export', async () => {
    expect(await typeCheck(js ? [js] : [])).toEqual([
      expect.stringMatching(/^README\.md:3 .*no exported member 'x'/),
    ]);
  }, 60_000);

  it.each([
    [`${sh?.code}`, 'there is no script nothing'],
    ['npm install left-pad', 'nothing here uses the package left-pad'],
    ['npx liveinsight fly', 'liveinsight has no command fly'],
    ['node server.js', 'there is no server.js'],
    ['rm -r .', 'rm is not a command this page may use'],
  ])('find a command that does not exist: %s', (command, complaint) => {
    const known = {
      scripts: { test: '' },
      workspaces: new Map(),
      packages: new Set<string>(),
      commands: new Set<string>(),
      exists: () => false,
    };
    expect(judge(command, known)).toBe(complaint);
  });

  it('take a line of shell apart', () => {
    expect(commandsOf('# first\nnpm ci && npm start  # both\nPORT=1 npm \\\n  test\n')).toEqual([
      'npm ci',
      'npm start',
      'PORT=1 npm    test',
    ]);
  });
});

function scriptsOf(folder: string): Record<string, string> {
  const path = posix.join(folder, 'package.json');
  const manifest: Manifest = existsSync(join(root, path)) ? JSON.parse(read(path)) : {};
  return { ...JSON.parse(read('package.json')).scripts, ...manifest.scripts };
}

function liveinsightCommands(): Set<string> {
  const bin = join(root, 'packages/cli/bin/liveinsight.js');
  const help = stripVTControlCharacters(execFileSync(process.execPath, [bin, '--help']).toString());
  return new Set([...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, command = '']) => command));
}
