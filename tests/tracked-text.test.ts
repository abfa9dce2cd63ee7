import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchors, links } from './readme/markdown.js';
import { read, root, trackedFiles } from './tracked-files.js';

const texts = trackedFiles()
  .filter((path) => !/\.(png|jpg|jpeg|gif|webp|ico|woff2?|gz|zip)$/.test(path))
  .map((path) => ({ path, text: read(path) }));

/** A folder that only the machine of one developer has. */
const localPath = /(?<![\w.~*})\]-])\/(?:work|root|home\/[\w-]+|Users\/[\w-]+|tmp\/[\w-]+)\//;
/** A registry other than npm's own. */
const foreignRegistry =
  /\bregistry\.(?!npmjs\.org|terraform\.io)[\w-]+\.[\w.-]+|https?:\/\/[^\s"']*(artifactory|verdaccio|nexus)/i;

describe('what is tracked', () => {
  it('names no folder of one machine', () => expect(linesWith(localPath)).toEqual([]));

  it('names no registry but the public one', () => expect(linesWith(foreignRegistry)).toEqual([]));

  it('has a lock file without a host, so that each installation uses its own registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('has a lock file that holds the binaries of every platform', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const missing = Object.entries<{ optionalDependencies?: Record<string, string> }>(packages).flatMap(
      ([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter((name) => !resolvable(packages, path, name)),
    );
    expect(missing).toEqual([]);
  });
});

describe('the checks on what is tracked', () => {
  it.each(["'/work/shop/a'", 'file:///root/a', '(/home/jo/a)', '/Users/jo/a', '/tmp/some-run/a'])(
    'see %s',
    (text) => {
      expect(text).toMatch(localPath);
    },
  );

  it.each(['https://shop.example/home/', 'e2e/work/a', '`/tmp/`', './root/a', 'a}/root/a'])(
    'let %s pass',
    (text) => {
      expect(text).not.toMatch(localPath);
    },
  );
});

describe('links in Markdown', () => {
  const pages = texts.filter(({ path }) => path.endsWith('.md'));

  it.each(pages)('of $path lead somewhere', ({ path, text }) => {
    const broken = links(text)
      .filter(({ target }) => !leadsSomewhere(...toLocal(path, target)))
      .map(({ line, target }) => `${path}:${line} ${target}`);
    expect(broken).toEqual([]);
  });
});

function linesWith(pattern: RegExp): string[] {
  return texts
    .filter(({ path }) => path !== 'tests/tracked-text.test.ts')
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );
}

/** What is here, on GitHub: READMEs of packages are read on npm, too. */
const OURS =
  /^https:\/\/(?:github\.com\/liveinsight\/liveinsight\/(?:blob|tree)|raw\.githubusercontent\.com\/liveinsight\/liveinsight)\/main\//;

const toLocal = (from: string, target: string): [from: string, target: string] =>
  OURS.test(target) ? ['README.md', target.replace(OURS, '')] : [from, target];

function leadsSomewhere(from: string, target: string): boolean {
  if (/^(https?|mailto):/.test(target)) return true;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURI(file));
  if (path.startsWith('..') || !existsSync(`${root}${path}`)) return false;
  return (
    anchor === undefined ||
    !path.endsWith('.md') ||
    anchors(readFileSync(`${root}${path}`, 'utf8')).has(anchor)
  );
}

/** Whether npm finds `name` from the package at `path` of the lock file, as Node would. */
function resolvable(packages: Record<string, unknown>, path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.replace(/\/?(node_modules\/)?(@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}
